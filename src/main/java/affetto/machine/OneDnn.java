package affetto.machine;

import java.util.Map;
import java.util.Properties;

/**
 * The build of ND4J's library that has oneDNN, whose convolutions are five times as fast: every JVM
 * loads it that is not told otherwise, however it was started.
 */
public final class OneDnn {

  /** What JavaCPP appends to the platform when it looks for native libraries. */
  static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  private static final String BUILD = "-onednn";

  private OneDnn() {}

  /** Chooses it for this JVM; must come before ND4J loads. */
  public static void byDefault(Properties jvm) {
    jvm.putIfAbsent(EXTENSION, BUILD);
  }

  /**
   * Chooses for executors what this JVM has.
   *
   * @param own options of theirs
   * @param defaults options of theirs that stand before
   * @return their own options, with the choice where nothing is said of it
   */
  public static String forExecutors(String own, String defaults) {
    if (JavaOptions.of(defaults + " " + own).property(EXTENSION).isPresent()) {
      return own;
    }
    String choice = System.getProperty(EXTENSION, BUILD);
    return JavaOptions.of(own).with(Map.of(EXTENSION, choice)).line();
  }
}
