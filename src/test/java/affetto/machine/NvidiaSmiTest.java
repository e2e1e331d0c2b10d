package affetto.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NvidiaSmiTest {

  @TempDir private Path folder;

  private NvidiaSmi showing(String... lines) {
    return FakeDriver.showing(folder, lines).smi();
  }

  private NvidiaSmi running(String script) {
    return FakeDriver.running(folder, script).smi();
  }

  @Test
  void everyFieldOfALineIsRead() {
    assertThat(showing(FakeDriver.A100).all().gpus())
        .containsExactly(new Gpu(0, "NVIDIA A100-SXM4-80GB", "535.104.12", "8.0", "81920 MiB"));
  }

  @ParameterizedTest
  @CsvSource({
    "'0, Tesla K40m, 470.223.02, 3.5, 11441 MiB', too old",
    "'" + FakeDriver.K80 + "', ",
    "'0, NVIDIA GeForce GTX 980, 470.223.02, 5.2, 4096 MiB', ",
    "'" + FakeDriver.A100 + "', ",
    "'0, NVIDIA RTX A6000, 535.104.12, 8.6, 49140 MiB', ",
    "'" + FakeDriver.L4 + "', ",
    "'" + FakeDriver.H100 + "', 9.0 is newer than CUDA 11.6",
    "'" + FakeDriver.B200 + "', 10.0 is newer",
    "'0, NVIDIA GeForce RTX 5090, 570.124.06, 12.0, 32607 MiB', 12.0 is newer",
    "'0, Tesla V100-SXM2-16GB, 418.226.00, 7.0, 16160 MiB', driver 418.226.00 is too old",
  })
  void onlyKeplerToAdaAreFit(String line, String unfit) {
    Gpu gpu = showing(line).all().gpus().get(0);
    if (unfit == null) {
      assertThat(gpu.unfit()).isEmpty();
    } else {
      assertThat(gpu.unfit()).get().asString().contains(unfit);
    }
  }

  @Test
  void oneIsFoundByItsAddress() {
    NvidiaSmi two = showing(FakeDriver.A100, "1" + FakeDriver.H100.substring(1));
    assertThat(two.all().gpus()).extracting(Gpu::index).containsExactly(0, 1);
    assertThat(two.one("1").gpus()).extracting(Gpu::capability).containsExactly("9.0");
    assertThat(two.one("2").trouble()).contains("fails with code 6: No devices were found");
  }

  @Test
  void noProgramIsNoDriver() {
    NvidiaSmi.Sight sight = new NvidiaSmi(folder.resolve("none").toString(), 1000).all();
    assertThat(sight.gpus()).isEmpty();
    assertThat(sight.trouble()).contains("cannot be run, so there is no NVIDIA driver");
  }

  @Test
  void whatABrokenDriverSaysIsPassedOn() {
    String words = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.";
    NvidiaSmi.Sight sight = running("echo \"%s\"\nexit 9\n".formatted(words)).all();
    assertThat(sight.trouble()).endsWith("fails with code 9: " + words);
    assertThat(
            running("echo 'Field \"compute_cap\" is not a valid field to query.'; exit 2\n")
                .all()
                .trouble())
        .contains("compute_cap");
  }

  @Test
  void silenceAndGarbageAreNoGpus() {
    assertThat(running("exit 0\n").all().trouble()).contains("shows none");
    for (String garbage :
        List.of(
            "0, NVIDIA A100-SXM4-80GB, 535.104.12, [N/A], 81920 MiB",
            "0, NVIDIA A100-SXM4-80GB, 8.0",
            "<html>",
            "-1, GPU, 535.1, 8.0, 1 MiB")) {
      NvidiaSmi.Sight sight = running("printf '%%s\\n' '%s'\n".formatted(garbage)).all();
      assertThat(sight.gpus()).isEmpty();
      assertThat(sight.trouble()).endsWith("cannot be read: " + garbage);
    }
  }

  @Test
  void warningsAmongTheLinesArePassedOver() {
    NvidiaSmi smi =
        running("echo '%s'; echo 'WARNING: infoROM is corrupted'\n".formatted(FakeDriver.L4));
    assertThat(smi.all().gpus()).extracting(Gpu::name).containsExactly("NVIDIA L4");
  }

  /** As a driver whose module hangs: neither the program nor what it started may be left. */
  @Test
  @Timeout(20)
  void aHangingDriverIsGivenUp() {
    long before = sleepers();
    NvidiaSmi hanging =
        FakeDriver.running(folder, "sleep 4321 & echo '0, NVIDIA'; wait\n").smi(1000);
    NvidiaSmi.Sight sight = hanging.all();
    assertThat(sight.gpus()).isEmpty();
    assertThat(sight.trouble()).contains("does not answer within 1 seconds");
    org.assertj.core.api.Assertions.assertThat(before).isZero();
    assertThat(waitForNone()).isZero();
  }

  private static long waitForNone() {
    long left = sleepers();
    for (int i = 0; i < 50 && left > 0; i++) {
      try {
        Thread.sleep(Duration.ofMillis(100).toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      left = sleepers();
    }
    return left;
  }

  private static long sleepers() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains("sleep 4321"))
        .count();
  }
}
