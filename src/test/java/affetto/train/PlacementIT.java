package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.cluster.StandaloneCluster;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cores are those that are there, whatever else a site's settings say of parallelism. */
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
        assertThat(Placement.of(spark, 2, TrainingWatch.silent(System::nanoTime)).threads())
            .isEqualTo(3);
      }
    }
  }
}
