package affetto.hostile;

import affetto.hostile.Ordeal.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A target for Jazzer, which looks for inputs that take new ways; see {@code src/bench/fuzz.sh}.
 */
public final class Fuzz {

  private static Target target;

  private Fuzz() {}

  /**
   * Called by Jazzer, once.
   *
   * @param args a target's name
   */
  public static void fuzzerInitialize(String[] args) throws Exception {
    target = Targets.named(args[0]);
    for (byte[] seed : Seeds.of(target.name())) {
      try {
        target.reader().read(seed); // Jazzer's work on classes at their first use is not ours
      } catch (Exception e) {
        // Looked at when it is fed again.
      }
    }
  }

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    Ordeal.runHere(target, input);
  }

  /**
   * Writes what mutations begin with, and prints the targets' names.
   *
   * @param args a folder
   */
  public static void main(String[] args) throws IOException {
    for (Target each : Targets.all()) {
      Path folder = Files.createDirectories(Path.of(args[0], each.name()));
      List<byte[]> seeds = Seeds.of(each.name());
      for (int i = 0; i < seeds.size(); i++) {
        Files.write(folder.resolve("seed-" + i), seeds.get(i));
      }
      System.out.println(each.name());
    }
  }
}
