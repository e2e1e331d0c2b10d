package affetto.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On 4 processors. */
class ThreadRulesTest {

  private static List<Finding> judge(Map<String, String> spark) {
    return ThreadRules.judge(new Surroundings(spark, Map.of(), 2L << 30, 16L << 30, 4));
  }

  private static Map<String, String> executors(int cores, int taskCores, int threads) {
    return Map.of(
        "spark.master", "yarn",
        "spark.executor.cores", String.valueOf(cores),
        "spark.task.cpus", String.valueOf(taskCores),
        "spark.executorEnv.OMP_NUM_THREADS", String.valueOf(threads));
  }

  @ParameterizedTest
  @CsvSource({"8, 1, 1", "8, 2, 2", "8, 8, 8", "8, 4, 1", "1, 1, 1"})
  void tasksSideBySideWithNoMoreThreadsThanCoresWork(int cores, int taskCores, int threads) {
    assertThat(judge(executors(cores, taskCores, threads))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"8, 1, 2, 1", "8, 2, 8, 2", "8, 8, 9, 8", "1, 1, 2, 1", "5, 2, 4, 2"})
  void moreAreRefusedWithTheNumberToWrite(int cores, int taskCores, int threads, int write) {
    assertThat(judge(executors(cores, taskCores, threads)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.refused()).isTrue();
              assertThat(finding.text())
                  .endsWith("Write: --conf spark.executorEnv.OMP_NUM_THREADS=" + write);
            });
  }

  @Test
  void whatCannotBeKnownIsNotJudged() {
    assertThat(judge(Map.of("spark.master", "yarn", "spark.executor.cores", "4"))).isEmpty();
    assertThat(
            judge(
                Map.of(
                    "spark.master", "spark://host:7077",
                    "spark.executorEnv.OMP_NUM_THREADS", "64")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"local, 0", "local[*], 0", "local[4], 0", "'local[5]', 1", "'local[5,2]', 1"})
  void moreLocalTasksThanProcessorsAreWorthAWord(String master, int findings) {
    assertThat(judge(Map.of("spark.master", master)))
        .hasSize(findings)
        .allMatch(finding -> !finding.refused() && finding.text().endsWith("local[4]"));
  }
}
