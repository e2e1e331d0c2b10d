package affetto.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GpuChoiceTest {

  @TempDir private Path folder;

  private GpuChoice choose(GpuUse use, boolean cuda, String gpu, String... addresses) {
    return GpuChoice.of(use, cuda, List.of(addresses), FakeDriver.showing(folder, gpu).smi());
  }

  @ParameterizedTest
  @EnumSource(
      value = GpuUse.class,
      names = {"PREFER", "REQUIRE"})
  void aFitGpuIsTakenByItsAddress(GpuUse use) {
    GpuChoice choice = choose(use, true, "3" + FakeDriver.A100.substring(1), "3");
    assertThat(choice.visible()).isEqualTo("3");
    assertThat(choice.gpu())
        .isEqualTo(
            "GPU 3, NVIDIA A100-SXM4-80GB, compute capability 8.0, 81920 MiB, driver 535.104.12");
    assertThat(choice.why()).isEmpty();
  }

  @Test
  void whoWantsNoneIsShownNoneWithoutAsking() {
    GpuChoice choice =
        GpuChoice.of(
            GpuUse.NEVER,
            true,
            List.of("0"),
            FakeDriver.running(folder, "touch %s/asked\n".formatted(folder)).smi());
    assertThat(choice).isEqualTo(new GpuChoice("-1", "", ""));
    assertThat(folder.resolve("asked")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {FakeDriver.H100, FakeDriver.B200})
  void anUnfitOneIsHiddenWithTheReason(String gpu) {
    GpuChoice choice = choose(GpuUse.PREFER, true, gpu, "0");
    assertThat(choice.visible()).isEqualTo("-1");
    assertThat(choice.isGpu()).isFalse();
    assertThat(choice.why()).contains("is newer than CUDA 11.6", "3.7 to 8.9");
  }

  @Test
  void noneAndTooManyAreReasonsToo() {
    assertThat(choose(GpuUse.REQUIRE, true, FakeDriver.A100).why()).contains("no GPU");
    assertThat(choose(GpuUse.REQUIRE, true, FakeDriver.A100, "0", "1").why())
        .contains("GPUs 0, 1", "spark.executor.resource.gpu.amount=1");
    assertThat(choose(GpuUse.REQUIRE, true, FakeDriver.A100, "7").why())
        .startsWith("GPU 7: ")
        .contains("No devices were found");
  }

  @Test
  void aFitOneIsOfNoUseToABuildWithoutCuda() {
    GpuChoice choice = choose(GpuUse.PREFER, false, FakeDriver.L4, "0");
    assertThat(choice.isGpu()).isFalse();
    assertThat(choice.why()).contains("NVIDIA L4", "no CUDA backend");
  }
}
