package affetto.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether the GPUs of this machine can run ND4J's CUDA backend.
 *
 * <p>nd4j-cuda-11.6 1.0.0-M2.1 holds machine code for compute capability 3.7 to 8.6 and no PTX:
 * Ada's 8.9 runs it by binary compatibility, Hopper and Blackwell cannot load a single kernel.
 */
final class GpuPreflight {

  private static final int LOWEST = 37;
  private static final int HIGHEST = 89;
  private static final long TIMEOUT_SECONDS = 20;

  private GpuPreflight() {}

  /**
   * Judges what {@code nvidia-smi --query-gpu=name,compute_cap --format=csv,noheader} printed.
   *
   * @param output one line a GPU: {@code NVIDIA A100-SXM4-80GB, 8.0}
   * @param cuda whether this build uses the CUDA backend, so that an unfit GPU is fatal
   */
  static List<Check> judge(String output, boolean cuda) {
    List<Check> checks = new ArrayList<>();
    for (String line : output.strip().split("\\R", -1)) {
      if (!line.isBlank()) {
        checks.add(judgeOne(line.strip(), cuda));
      }
    }
    if (checks.isEmpty()) {
      checks.add(none(cuda));
    }
    return checks;
  }

  private static Check judgeOne(String line, boolean cuda) {
    int comma = line.lastIndexOf(',');
    String capability = line.substring(comma + 1).strip();
    if (comma < 0 || !capability.matches("\\d{1,3}\\.\\d")) {
      return unfit(cuda, "cannot read a compute capability from: " + line);
    }
    String gpu = line.substring(0, comma).strip() + ", compute capability " + capability;
    int number = Integer.parseInt(capability.replace(".", ""));
    if (number < LOWEST || number > HIGHEST) {
      return unfit(cuda, gpu + ": ND4J's CUDA 11.6 backend runs on 3.7 to 8.9 only");
    }
    return Check.ok("gpu", gpu + (cuda ? ": fit" : ": fit, but this build uses the CPU"));
  }

  private static Check unfit(boolean cuda, String text) {
    return cuda
        ? Check.fail("gpu", text + "; build without -Dcuda")
        : Check.ok("gpu", text + "; this build uses the CPU");
  }

  private static Check none(boolean cuda) {
    return cuda
        ? Check.fail("gpu", "this build is for CUDA, but nvidia-smi shows no GPU")
        : Check.ok("gpu", "none seen, none needed: this build uses the CPU");
  }

  /** Asks the driver, where there is one. */
  static List<Check> run(boolean cuda) {
    return query().map(output -> judge(output, cuda)).orElseGet(() -> List.of(none(cuda)));
  }

  private static Optional<String> query() {
    try {
      Process process =
          new ProcessBuilder("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      // A line a GPU fits into the pipe, so waiting first cannot lock up.
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      try (InputStream output = process.getInputStream()) {
        String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
