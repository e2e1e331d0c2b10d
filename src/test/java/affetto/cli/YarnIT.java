package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.cluster.RunningAffetto;
import affetto.cluster.SparkHome;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/affetto} on YARN, whose containers are processes of their own. */
@Timeout(600)
class YarnIT {

  @TempDir private static Path folder;
  private static MiniYARNCluster yarn;
  private static SparkHome home;

  @BeforeAll
  static void start() throws Exception {
    System.setProperty("test.build.data", folder.resolve("yarn").toString());
    Configuration conf = new Configuration();
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    conf.set("yarn.scheduler.minimum-allocation-mb", "256");
    // The mini cluster overwrites the key without its own name in front.
    conf.set("yarn.minicluster.yarn.nodemanager.resource.memory-mb", "16384");
    conf.set("yarn.nodemanager.resource.cpu-vcores", "16");
    conf.set("yarn.nodemanager.vmem-check-enabled", "false");
    conf.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    yarn = new MiniYARNCluster("affetto", 1, 1, 1);
    yarn.init(conf);
    yarn.start();
    Path settings = Files.createDirectories(folder.resolve("conf"));
    try (Writer writer = Files.newBufferedWriter(settings.resolve("yarn-site.xml"))) {
      yarn.getConfig().writeXml(writer);
    }
    String java = System.getProperty("java.home");
    Path spark = Path.of("target/spark-for-yarn").toAbsolutePath();
    home =
        SparkHome.in(spark)
            .with("spark-yarn_")
            .with("hadoop-yarn-server-web-proxy")
            .defaults(
                Map.of(
                    "spark.yarn.jars", "local:" + spark.resolve("jars/*"),
                    "spark.yarn.stagingDir", folder.resolve("staging").toUri().toString(),
                    "spark.yarn.appMasterEnv.JAVA_HOME", java,
                    "spark.executorEnv.JAVA_HOME", java,
                    "spark.executor.instances", "1",
                    "spark.executor.memory", "600m",
                    "spark.driver.memory", "600m",
                    "spark.driver.host", "127.0.0.1",
                    "spark.yarn.am.waitTime", "300s",
                    "spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stop() {
    yarn.stop();
  }

  private static RunningAffetto ingest(String mode, String from, String warehouse)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("--master", "yarn", "--deploy-mode", mode, "--"));
    words.addAll(
        List.of("ingest", "--corpus", "tess=" + from, "--warehouse", at("warehouse-" + warehouse)));
    return RunningAffetto.start(
        words,
        home.environment(
            Map.of(
                "HADOOP_CONF_DIR",
                at("conf"),
                // A quarter of a gigabyte need not go through a staging folder on one machine.
                "AFFETTO_JAR",
                "local:" + System.getProperty("affetto.jar"))));
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  /** YARN's own exit code is 1 for every failure, and a driver that exits with 0 has failed. */
  @Test
  void clientAndClusterModeIngestAndTellTheirExitCode() throws Exception {
    Outcome synth = Outcome.run("synth", "--out", at("corpora"), "--speakers", "2", "--clips", "8");
    assertThat(synth.code()).as(synth.err()).isZero();
    String tess = at("corpora/tess");
    try (RunningAffetto client = ingest("client", tess, "client");
        RunningAffetto cluster = ingest("cluster", tess, "cluster");
        RunningAffetto bad = ingest("cluster", at("nowhere"), "bad")) {
      assertThat(client.exitCode()).as(client.text()).isZero();
      assertThat(cluster.exitCode()).as(cluster.text()).isZero();
      assertThat(bad.exitCode()).as(bad.text()).isEqualTo(ExitCodes.BAD_INPUT);
    }
    for (String mode : List.of("client", "cluster")) {
      assertThat(folder.resolve("warehouse-%s/utterances/corpus=tess".formatted(mode)))
          .isNotEmptyDirectory();
    }
  }
}
