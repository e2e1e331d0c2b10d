package affetto.machine;

import affetto.fault.BadInputException;
import java.util.Arrays;
import java.util.Locale;

/** Whether workers train on GPUs. */
public enum GpuUse {
  /** On the CPU, whatever there is. */
  NEVER,
  /** On a GPU where one is fit, else on the CPU, which the manifest says. */
  PREFER,
  /** On a GPU, or not at all. */
  REQUIRE;

  /** The setting of Spark's that says so, on the driver and on every executor. */
  public static final String KEY = "spark.affetto.gpu";

  /** What it is where nobody has set it. */
  public static final String DEFAULT = "never";

  /**
   * By the word that users write.
   *
   * @throws BadInputException if it is none of these
   */
  public static GpuUse named(String word) {
    return Arrays.stream(values())
        .filter(use -> use.toString().equals(word.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s = %s is none of never, prefer and require".formatted(KEY, word)));
  }

  /** As users write it: {@code prefer}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
