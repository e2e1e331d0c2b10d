package affetto.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.fault.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuRulesTest {

  private final Map<String, String> spark =
      new TreeMap<>(Map.of("spark.master", "spark://host:7077", GpuUse.KEY, "require"));

  private List<Finding> judge(boolean cuda) {
    return GpuRules.judge(new Surroundings(spark, Map.of(), 2L << 30, 16L << 30, 4), cuda);
  }

  private void refused(String text) {
    assertThat(judge(true))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.refused()).isTrue();
              assertThat(finding.text()).contains(text);
            });
  }

  @Test
  void withoutGpusNothingIsJudged() {
    spark.put(GpuUse.KEY, "never");
    spark.put("spark.executor.resource.gpu.amount", "4");
    assertThat(judge(false)).isEmpty();
    spark.remove(GpuUse.KEY);
    assertThat(judge(true)).isEmpty();
  }

  @Test
  void oneGpuForEachExecutorWorks() {
    spark.put("spark.executor.resource.gpu.amount", "1");
    assertThat(judge(true)).isEmpty();
    spark.put("spark.task.resource.gpu.amount", "1");
    assertThat(judge(true)).isEmpty();
  }

  @Test
  void aBuildWithoutCudaCannotBeRequiredToUseGpus() {
    spark.put("spark.executor.resource.gpu.amount", "1");
    assertThat(judge(false)).singleElement().matches(Finding::refused);
    assertThat(judge(false).get(0).text()).contains("mvn -Dcuda package");
    spark.put(GpuUse.KEY, "Prefer");
    assertThat(judge(false)).isEmpty();
  }

  @Test
  void executorsThatWereGivenNoGpuCannotTrainOnOne() {
    refused("Write: --conf spark.executor.resource.gpu.amount=1");
    spark.put(GpuUse.KEY, "prefer");
    assertThat(judge(true)).singleElement().matches(finding -> !finding.refused());
    spark.put("spark.master", "local[2]");
    spark.put(GpuUse.KEY, "require");
    assertThat(judge(true)).isEmpty();
  }

  @Test
  void oneJvmComputesWithOneGpu() {
    spark.put("spark.executor.resource.gpu.amount", "2");
    refused("is 2, but one JVM computes with one GPU");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "0.25", "2"})
  void tasksShareNoGpu(String amount) {
    spark.put("spark.executor.resource.gpu.amount", "1");
    spark.put("spark.task.resource.gpu.amount", amount);
    refused("--conf spark.task.resource.gpu.amount=1");
  }

  @Test
  void gpusForTrainingAloneNeedExecutorsThatComeAndGo() {
    spark.put("spark.affetto.training.gpu.amount", "1");
    refused("spark.dynamicAllocation.enabled=true");
    spark.put("spark.dynamicAllocation.enabled", "true");
    assertThat(judge(true)).isEmpty();
  }

  @Test
  void aMisspeltUseIsNamed() {
    spark.put(GpuUse.KEY, "always");
    assertThatThrownBy(() -> judge(true))
        .isInstanceOf(BadInputException.class)
        .hasMessage("spark.affetto.gpu = always is none of never, prefer and require");
  }
}
