package affetto.model;

import java.util.Locale;
import java.util.Properties;
import org.nd4j.linalg.factory.Nd4j;

/** What tensors are computed with. */
public final class Backend {

  private static final String CUDA = "cuda";

  private Backend() {}

  /** {@code cpu (-onednn)}, {@code cuda}: ND4J's backend and the build of its native library. */
  public static String name() {
    String backend = loaded();
    String extension = System.getProperty("org.bytedeco.javacpp.platform.extension", "");
    return extension.isEmpty() || isCuda() ? backend : "%s (%s)".formatted(backend, extension);
  }

  /** Whether it computes on a GPU. */
  public static boolean isCuda() {
    return loaded().equals(CUDA);
  }

  private static String loaded() {
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    return environment.getProperty("backend", "unknown").toLowerCase(Locale.ROOT);
  }
}
