package affetto.machine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GPU as its driver describes it.
 *
 * @param index in the order of the PCI bus, from 0
 * @param name {@code NVIDIA A100-SXM4-80GB}
 * @param driver version: {@code 535.129.03}
 * @param capability compute capability: {@code 8.0}
 * @param memory with its unit: {@code 81920 MiB}
 */
public record Gpu(int index, String name, String driver, String capability, String memory) {

  /** What of it {@link NvidiaSmi} asks for, in this order. */
  static final String FIELDS = "index,name,driver_version,compute_cap,memory.total";

  private static final Pattern LINE =
      Pattern.compile(
          "(\\d{1,4}), *([^,]+?), *(\\d{1,5}(?:\\.\\d+)*), *(\\d{1,3}\\.\\d), *(\\d+ MiB)");

  /** The first of CUDA 11's drivers, all of which run its later releases. */
  private static final int OLDEST_DRIVER = 450;

  private static final int OLDEST = 37;
  private static final int NEWEST = 89;

  /** Reads {@code 0, NVIDIA A100-SXM4-80GB, 535.129.03, 8.0, 81920 MiB}; empty for all else. */
  static Optional<Gpu> parse(String line) {
    Matcher fields = LINE.matcher(line.strip());
    return fields.matches()
        ? Optional.of(
            new Gpu(
                Integer.parseInt(fields.group(1)),
                fields.group(2),
                fields.group(3),
                fields.group(4),
                fields.group(5)))
        : Optional.empty();
  }

  /**
   * Why ND4J's CUDA backend cannot run here; empty where it can.
   *
   * <p>nd4j-cuda-11.6 1.0.0-M2.1 holds machine code for compute capabilities 3.7 to 8.6 and no PTX
   * that a driver could translate for others. 8.9 runs 8.6's code, as within a major version newer
   * GPUs run older code; 9.0 and above cannot load a single kernel.
   */
  public Optional<String> unfit() {
    int number = Integer.parseInt(capability.replace(".", ""));
    if (number > NEWEST) {
      return Optional.of(
          "compute capability %s is newer than CUDA 11.6: ND4J's backend holds code for 3.7 to 8.9"
                  .formatted(capability)
              + " only, and not one of its kernels would load");
    }
    if (number < OLDEST) {
      return Optional.of(
          "compute capability %s is too old: ND4J's backend holds code for 3.7 to 8.9 only"
              .formatted(capability));
    }
    int major = Integer.parseInt(driver.replaceFirst("\\..*", ""));
    if (major < OLDEST_DRIVER) {
      return Optional.of(
          "driver %s is too old: CUDA 11.6 needs %d or newer".formatted(driver, OLDEST_DRIVER));
    }
    return Optional.empty();
  }

  /** All of it in a line. */
  public String words() {
    return "GPU %d, %s, compute capability %s, %s, driver %s"
        .formatted(index, name, capability, memory, driver);
  }
}
