package affetto.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks the driver for its GPUs, by {@code nvidia-smi}, which comes with every driver.
 *
 * @param command a name on the PATH, or a file
 * @param patienceMs after which a driver that does not answer counts as broken, in milliseconds
 */
public record NvidiaSmi(String command, long patienceMs) {

  private static final long PATIENCE_MS = 20_000;

  /** The one on the PATH. */
  public NvidiaSmi() {
    this("nvidia-smi", PATIENCE_MS);
  }

  /**
   * What was seen.
   *
   * @param gpus in the driver's order
   * @param trouble why there are none; empty where there are some
   */
  public record Sight(List<Gpu> gpus, String trouble) {
    public Sight {
      gpus = List.copyOf(gpus);
    }

    private static Sight trouble(String trouble) {
      return new Sight(List.of(), trouble);
    }
  }

  /** All GPUs that this process may know of. */
  public Sight all() {
    return ask(List.of());
  }

  /**
   * One GPU.
   *
   * @param address its index, or its UUID: {@code 0}, {@code GPU-8932f937-...}
   */
  public Sight one(String address) {
    return ask(List.of("--id=" + address));
  }

  private Sight ask(List<String> which) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(which);
    words.addAll(List.of("--query-gpu=" + Gpu.FIELDS, "--format=csv,noheader"));
    try {
      return answer(
          new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    } catch (IOException e) {
      return Sight.trouble("no GPU: " + command + " cannot be run, so there is no NVIDIA driver");
    }
  }

  private Sight answer(Process process) throws IOException {
    try (InputStream output = process.getInputStream()) {
      process.getOutputStream().close();
      // A line a GPU fits into the pipe, so waiting first cannot lock up.
      if (!process.waitFor(patienceMs, TimeUnit.MILLISECONDS)) {
        return Sight.trouble(
            "%s does not answer within %d seconds: the driver is stuck"
                .formatted(command, patienceMs / 1000));
      }
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0
          ? read(text)
          : Sight.trouble(
              "%s fails with code %d: %s".formatted(command, process.exitValue(), first(text)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Sight.trouble("interrupted while " + command + " was asked");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** A line a GPU; what else a driver may say among them is passed over where there are GPUs. */
  private Sight read(String text) {
    List<Gpu> gpus = text.lines().flatMap(line -> Gpu.parse(line).stream()).toList();
    if (!gpus.isEmpty()) {
      return new Sight(gpus, "");
    }
    return Sight.trouble(
        text.isBlank()
            ? "no GPU: " + command + " shows none"
            : "what %s says of the GPU cannot be read: %s".formatted(command, first(text)));
  }

  private static String first(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() <= 200 ? line : line.substring(0, 200) + " ...";
  }
}
