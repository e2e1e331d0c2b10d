package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static SparkConf conf() {
    return new SparkConf(false);
  }

  @Test
  void whatTheClusterSaysStays() {
    SparkConf conf =
        Sessions.complete(
            conf()
                .set("spark.master", "yarn")
                .set("spark.app.name", "mine")
                .set("spark.sql.parquet.compression.codec", "snappy"),
            "ours");
    assertThat(conf.get("spark.master")).isEqualTo("yarn");
    assertThat(conf.get("spark.app.name")).isEqualTo("mine");
    assertThat(conf.get("spark.sql.parquet.compression.codec")).isEqualTo("snappy");
    assertThat(conf.contains("spark.sql.shuffle.partitions")).isFalse();
  }

  @Test
  void withoutAClusterItRunsOnThisMachine() {
    SparkConf conf = Sessions.complete(conf(), "ours");
    assertThat(conf.get("spark.master")).isEqualTo("local[*]");
    assertThat(conf.get("spark.app.name")).isEqualTo("ours");
    assertThat(conf.get("spark.sql.session.timeZone")).isEqualTo("UTC");
    assertThat(conf.contains("spark.kryo.registrator")).isFalse();
  }

  @Test
  void whoWantsGpusGetsThePluginThatFixesThemAndKeepsTheirOwn() {
    String ours = "affetto.train.DevicePlugin";
    assertThat(Sessions.complete(conf(), "ours").contains("spark.plugins")).isFalse();
    SparkConf gpu = conf().set("spark.affetto.gpu", "prefer").set("spark.plugins", "a.B");
    assertThat(Sessions.complete(gpu, "ours").get("spark.plugins")).isEqualTo("a.B," + ours);
    assertThat(Sessions.complete(gpu, "ours").get("spark.plugins")).isEqualTo("a.B," + ours);
  }

  /** Deeplearning4j refuses Kryo, be it the cluster's default or a user's wish. */
  @Test
  void aClustersKryoGivesWayAndTheRestStays() {
    SparkConf conf =
        Sessions.complete(
            conf()
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.kryo.registrator", "a.B"),
            "ours");
    assertThat(conf.get("spark.serializer"))
        .isEqualTo("org.apache.spark.serializer.JavaSerializer");
    assertThat(conf.get("spark.kryo.registrator")).isEqualTo("a.B");
  }
}
