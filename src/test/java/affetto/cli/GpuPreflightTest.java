package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.cli.Check.Verdict;
import affetto.machine.FakeDriver;
import affetto.machine.GpuUse;
import affetto.machine.NvidiaSmi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuPreflightTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "'" + FakeDriver.A100 + "', true, REQUIRE, OK",
    "'" + FakeDriver.A100 + "', false, NEVER, OK",
    "'" + FakeDriver.H100 + "', true, REQUIRE, FAIL",
    "'" + FakeDriver.H100 + "', true, PREFER, WARN",
    "'" + FakeDriver.H100 + "', true, NEVER, WARN",
    "'" + FakeDriver.H100 + "', false, NEVER, OK",
    "'', true, REQUIRE, FAIL",
    "'', true, PREFER, WARN",
    "'', false, PREFER, WARN",
    "'', false, NEVER, OK",
  })
  void anUnfitGpuTroublesOnlyWhoWantsIt(String gpu, boolean cuda, GpuUse use, Verdict verdict) {
    NvidiaSmi.Sight sight = FakeDriver.showing(folder, gpu).smi().all();
    assertThat(GpuPreflight.judge(sight, cuda, use))
        .singleElement()
        .extracting(Check::verdict)
        .isEqualTo(verdict);
  }

  @Test
  void eachGpuHasItsLineWithAllThatMatters() {
    NvidiaSmi.Sight sight =
        FakeDriver.showing(folder, FakeDriver.A100, "1" + FakeDriver.H100.substring(1)).smi().all();
    assertThat(GpuPreflight.judge(sight, true, GpuUse.PREFER))
        .extracting(Check::text)
        .satisfiesExactly(
            fit -> assertThat(fit).contains("A100", "8.0", "81920 MiB", "535.104.12", "fit"),
            unfit -> assertThat(unfit).contains("H100", "unfit", "9.0", "3.7 to 8.9"));
  }
}
