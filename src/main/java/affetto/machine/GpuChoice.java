package affetto.machine;

import java.util.List;
import java.util.Optional;

/**
 * What a JVM computes with, decided from what it was given.
 *
 * @param visible what {@code CUDA_VISIBLE_DEVICES} must be: an address, or {@link #NONE}
 * @param gpu in words, empty for the CPU
 * @param why it is the CPU, though a GPU was wished for; else empty
 */
public record GpuChoice(String visible, String gpu, String why) {

  /** No GPU has this index, so CUDA shows none. */
  public static final String NONE = "-1";

  /**
   * Decides.
   *
   * @param use what is wished for
   * @param cuda whether the CUDA backend is on the class path
   * @param addresses of the GPUs that this JVM was given
   * @param driver knows what they are
   */
  public static GpuChoice of(GpuUse use, boolean cuda, List<String> addresses, NvidiaSmi driver) {
    if (use == GpuUse.NEVER) {
      return new GpuChoice(NONE, "", "");
    }
    if (addresses.isEmpty()) {
      return cpu("it was given no GPU");
    }
    if (addresses.size() > 1) {
      return cpu(
          "it was given GPUs %s, but one JVM computes with one: set"
                  .formatted(String.join(", ", addresses))
              + " spark.executor.resource.gpu.amount=1");
    }
    String address = addresses.get(0);
    NvidiaSmi.Sight sight = driver.one(address);
    if (sight.gpus().isEmpty()) {
      return cpu("GPU %s: %s".formatted(address, sight.trouble()));
    }
    Gpu gpu = sight.gpus().get(0);
    Optional<String> unfit = gpu.unfit();
    if (unfit.isPresent()) {
      return cpu("%s: %s".formatted(gpu.words(), unfit.get()));
    }
    if (!cuda) {
      return cpu(
          "%s: fit, but this build has no CUDA backend: mvn -Dcuda package".formatted(gpu.words()));
    }
    return new GpuChoice(address, gpu.words(), "");
  }

  private static GpuChoice cpu(String why) {
    return new GpuChoice(NONE, "", why);
  }

  public boolean isGpu() {
    return !gpu.isEmpty();
  }
}
