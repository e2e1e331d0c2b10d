package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.machine.Cuda;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** However a job is started: convolutions are five times slower without. */
  @Test
  void executorsLoadOneDnnUnlessToldOtherwise() {
    String key = "spark.executor.extraJavaOptions";
    String extension = "-Dorg.bytedeco.javacpp.platform.extension=";
    SparkConf yarn = conf().set("spark.master", "yarn");
    assertThat(Sessions.complete(yarn.clone(), "ours").get(key)).isEqualTo(extension + "-onednn");
    assertThat(Sessions.complete(yarn.clone().set(key, "-Da='b c'"), "ours").get(key))
        .isEqualTo("-Da='b c' " + extension + "-onednn");
    SparkConf plain = yarn.clone().set("spark.executor.defaultJavaOptions", extension);
    assertThat(Sessions.complete(plain.set(key, "-Da=b"), "ours").get(key)).isEqualTo("-Da=b");
    assertThat(Sessions.complete(conf(), "ours").contains(key)).isFalse();
  }

  @Test
  void theDriverDoesToo() {
    String key = "org.bytedeco.javacpp.platform.extension";
    String ours = System.clearProperty(key);
    try {
      Sessions.complete(conf(), "ours");
      assertThat(System.getProperty(key)).isEqualTo("-onednn");
      System.setProperty(key, "");
      Sessions.complete(conf(), "ours");
      assertThat(System.getProperty(key)).isEmpty();
    } finally {
      System.setProperty(key, ours);
    }
  }

  /** What a table's URI asks for is not a matter of taste. */
  @Test
  void nobodyChoosesAWrongCommitter() {
    SparkConf conf =
        Sessions.complete(
            conf()
                .set("spark.hadoop.fs.s3a.committer.name", "file")
                .set("spark.hadoop.mapreduce.outputcommitter.factory.class", "a.B")
                .set("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2")
                .set("spark.sql.sources.commitProtocolClass", "a.B"),
            "ours");
    assertThat(conf.get("spark.hadoop.fs.s3a.committer.name")).isEqualTo("magic");
    assertThat(conf.contains("spark.hadoop.mapreduce.outputcommitter.factory.class")).isFalse();
    assertThat(conf.get("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version"))
        .isEqualTo("1");
    assertThat(conf.get("spark.sql.sources.commitProtocolClass"))
        .isEqualTo("org.apache.spark.internal.io.cloud.PathOutputCommitProtocol");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.session.token",
        "fs.s3a.bucket.mine.secret.key",
        "fs.s3a.encryption.key",
        "fs.s3a.server-side-encryption.key",
        "fs.azure.account.key.mine.blob.core.windows.net",
        "spark.mine"
      })
  void sparkHidesSecretsAndWhatAUserWantsHidden(String key) {
    SparkConf conf = Sessions.complete(conf().set("spark.redaction.regex", "[.]mine$"), "ours");
    SparkConf twice = Sessions.complete(conf, "ours");
    assertThat(Pattern.compile(twice.get("spark.redaction.regex")).matcher(key).find()).isTrue();
    assertThat(Pattern.compile(twice.get("spark.redaction.regex")).matcher("spark.master").find())
        .isFalse();
  }

  @Test
  void whoWantsGpusGetsThePluginThatFixesThemAndKeepsTheirOwn() {
    String ours = "affetto.train.DevicePlugin";
    assertThat(Sessions.complete(conf(), "ours").contains("spark.plugins"))
        .as("where nobody wants one, only a build that has CUDA")
        .isEqualTo(Cuda.onClassPath());
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
