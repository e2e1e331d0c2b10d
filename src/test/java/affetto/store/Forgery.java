package affetto.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Changes what is in a store, behind the back of Hadoop's own checksums. */
public final class Forgery {

  private Forgery() {}

  /** Writes another text wherever a file has the one, which it must have. */
  public static void replace(Path file, String text, String other) throws IOException {
    String whole = Files.readString(file);
    assertThat(whole).contains(text);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.writeString(file, whole.replace(text, other));
  }
}
