package affetto.model;

import java.util.Locale;
import java.util.Properties;
import org.nd4j.linalg.factory.Nd4j;

/** What tensors are computed with. */
public final class Backend {

  private Backend() {}

  /** {@code cpu (-onednn)}, {@code cuda}: ND4J's backend and the build of its native library. */
  public static String name() {
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    String backend = environment.getProperty("backend", "unknown").toLowerCase(Locale.ROOT);
    String extension = System.getProperty("org.bytedeco.javacpp.platform.extension", "");
    return extension.isEmpty() ? backend : "%s (%s)".formatted(backend, extension);
  }
}
