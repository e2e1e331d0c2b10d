package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.cli.Check.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuPreflightTest {

  @ParameterizedTest
  @CsvSource({
    "'Tesla K40m, 3.5', FAIL",
    "'Tesla K80, 3.7', OK",
    "'NVIDIA A100-SXM4-80GB, 8.0', OK",
    "'NVIDIA L4, 8.9', OK",
    "'NVIDIA H200, 9.0', FAIL",
    "'NVIDIA B200, 10.0', FAIL",
    "'NVIDIA GeForce RTX 5090, 12.0', FAIL",
    "'something else', FAIL",
  })
  void onlyKeplerToAdaRunTheCudaBackend(String line, Verdict verdict) {
    assertThat(GpuPreflight.judge(line + "\n", true))
        .singleElement()
        .extracting(Check::verdict)
        .isEqualTo(verdict);
  }

  @Test
  void eachGpuHasItsLine() {
    assertThat(GpuPreflight.judge("A, 8.0\nB, 9.0\n\n", true))
        .extracting(Check::verdict)
        .containsExactly(Verdict.OK, Verdict.FAIL);
  }

  @Test
  void anUnfitGpuDoesNotTroubleACpuBuild() {
    assertThat(GpuPreflight.judge("NVIDIA H200, 9.0", false))
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.verdict()).isEqualTo(Verdict.OK);
              assertThat(check.text()).contains("9.0").contains("3.7 to 8.9").contains("the CPU");
            });
  }

  @Test
  void aCudaBuildNeedsAGpu() {
    assertThat(GpuPreflight.judge("", true)).extracting(Check::verdict).containsOnly(Verdict.FAIL);
    assertThat(GpuPreflight.judge("", false)).extracting(Check::verdict).containsOnly(Verdict.OK);
  }
}
