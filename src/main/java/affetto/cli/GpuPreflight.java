package affetto.cli;

import affetto.machine.Gpu;
import affetto.machine.GpuUse;
import affetto.machine.NvidiaSmi;
import java.util.List;
import java.util.Optional;

/** Whether the GPUs of this machine can run ND4J's CUDA backend: the doctor's view of them. */
final class GpuPreflight {

  private GpuPreflight() {}

  /**
   * Judges what the driver shows.
   *
   * @param cuda whether this build can use GPUs, so that unfit ones are worth a word
   * @param use what is asked of them
   */
  static List<Check> judge(NvidiaSmi.Sight sight, boolean cuda, GpuUse use) {
    if (sight.gpus().isEmpty()) {
      return List.of(missed(cuda, use, sight.trouble(), "the CPU is used"));
    }
    return sight.gpus().stream().map(gpu -> judge(gpu, cuda, use)).toList();
  }

  private static Check judge(Gpu gpu, boolean cuda, GpuUse use) {
    Optional<String> unfit = gpu.unfit();
    return unfit.isPresent()
        ? missed(cuda, use, "%s: unfit, %s".formatted(gpu.words(), unfit.get()), "not used")
        : Check.ok("gpu", gpu.words() + (cuda ? ": fit" : ": fit, for a build with -Dcuda"));
  }

  private static Check missed(boolean cuda, GpuUse use, String text, String instead) {
    if (use == GpuUse.REQUIRE) {
      return Check.fail("gpu", text);
    }
    String both = "%s; %s".formatted(text, instead);
    return cuda || use == GpuUse.PREFER ? Check.warn("gpu", both) : Check.ok("gpu", both);
  }
}
