package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.cluster.StandaloneCluster;
import affetto.machine.GpuRules;
import affetto.machine.GpuUse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cores are those that are there, whatever else a site's settings say of parallelism. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PlacementIT {

  @TempDir static Path folder;

  @Test
  void oneProcessHasItsMastersCores() {
    SparkConf conf =
        new SparkConf(false)
            .setMaster("local[4]")
            .setAppName("placement")
            .set("spark.default.parallelism", "200")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "localhost");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      spark.parallelize(List.of(1)).count();
      assertThat(ParameterAveragingTrainer.roomFor(spark, 2)).isEqualTo(2);
    }
  }

  /** A standalone executor takes all of them where nobody says how many. */
  @Test
  void workersShareAnExecutorsCores() throws Exception {
    try (StandaloneCluster cluster = new StandaloneCluster(folder).worker("w1", 6).await("w1")) {
      SparkConf conf =
          cluster
              .conf("placement")
              .remove("spark.executor.cores")
              .set("spark.default.parallelism", "200");
      try (JavaSparkContext spark = new JavaSparkContext(conf)) {
        spark.parallelize(List.of(1)).count();
        assertThat(ParameterAveragingTrainer.roomFor(spark, 2)).isEqualTo(3);
        assertThat(threads(spark, 2)).isEqualTo(3);
      }
      // No GPU is asked for: to prefer one changes nothing.
      SparkConf apart =
          cluster.conf("apart").set("spark.executor.cores", "3").set(GpuUse.KEY, "prefer");
      try (JavaSparkContext spark = new JavaSparkContext(apart)) {
        assertThat(threads(spark, 2)).isEqualTo(1);
        assertThat(Placement.of(spark, 2, TestData.watch()).places(spark, 3)).isEqualTo(3);
        trainingsSideBySideKeepApart(spark);
      }
    }
  }

  /** Of executors that come and go few are there before there is work. */
  @Test
  void executorsThatComeAndGoAreReckonedByTheirLimit() throws Exception {
    try (StandaloneCluster cluster = new StandaloneCluster(folder).worker("w3", 6).await("w3")) {
      SparkConf conf =
          cluster
              .conf("come and go")
              .set("spark.executor.cores", "2")
              .set("spark.dynamicAllocation.enabled", "true")
              .set("spark.dynamicAllocation.shuffleTracking.enabled", "true");
      assertThat(room(conf.clone().set("spark.dynamicAllocation.maxExecutors", "3"))).isEqualTo(3);
      assertThat(room(conf)).isEqualTo(1);
    }
  }

  /** The executors that are there are not those that will train. */
  @Test
  void executorsForTrainingAloneAreReckonedByTheirLimit() throws Exception {
    try (StandaloneCluster cluster = new StandaloneCluster(folder).worker("w2", 6).await("w2")) {
      SparkConf conf =
          cluster.conf("alone").set(GpuUse.KEY, "prefer").set(GpuRules.TRAINING_AMOUNT, "1");
      assertThat(room(conf)).isEqualTo(1);
      assertThat(room(conf.set("spark.dynamicAllocation.maxExecutors", "4"))).isEqualTo(2);
    }
  }

  private static int room(SparkConf conf) {
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      return ParameterAveragingTrainer.roomFor(spark, 2);
    }
  }

  @Test
  void executorsArePromisedWhereTheirNumberIsFixed() {
    SparkConf conf = new SparkConf(false).set("spark.executor.instances", "4");
    assertThat(Placement.promised(conf.clone().set("spark.master", "yarn"))).isEqualTo(4);
    assertThat(Placement.promised(conf.clone().set("spark.master", "k8s://x"))).isEqualTo(4);
    assertThat(Placement.promised(conf.clone().set("spark.master", "spark://x"))).isEqualTo(1);
    conf.set("spark.dynamicAllocation.enabled", "true").set("spark.master", "yarn");
    assertThat(Placement.promised(conf)).isEqualTo(1);
  }

  private static int threads(JavaSparkContext spark, int workers) {
    return Placement.of(spark, workers, TestData.watch()).threads();
  }

  /** Each of two executors keeps the rows of one training, whichever was there first. */
  private static void trainingsSideBySideKeepApart(JavaSparkContext spark) throws Exception {
    while (Placement.executors(spark).size() < 2) {
      Thread.sleep(50);
    }
    List<Set<String>> kept = new ArrayList<>();
    for (int number = 0; number < 2; number++) {
      while (!ExamplesOnSpark.kept(spark).isEmpty()) {
        Thread.sleep(50);
      }
      Set<String> keepers = new TreeSet<>();
      TrainingWatch watch =
          TrainingWatch.telling(
              System::nanoTime,
              report -> keepers.addAll(ExamplesOnSpark.kept(spark).keySet()),
              note -> {});
      new ParameterAveragingTrainer(
              ExamplesOnSpark.of(spark, TestData.rows(48, 1), 4), List.of(), new Lane(number, 2))
          .train(TestData.network(), TestData.training(1, 1, 8, 1), watch);
      kept.add(keepers);
    }
    assertThat(kept).allSatisfy(keepers -> assertThat(keepers).hasSize(1)).doesNotHaveDuplicates();
  }
}
