package affetto.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import affetto.cluster.HistoryServer;
import affetto.cluster.RunningAffetto;
import affetto.cluster.SparkHome;
import affetto.cluster.StandaloneCluster;
import affetto.job.Sessions;
import affetto.servers.Servers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shaded jar beside Spark's own jars, by {@code submit/affetto} and spark-submit, on a
 * standalone cluster of processes whose ways are not ours: a newer Jackson, Kryo, speculation on
 * everything, and executors that go, with all that they hold, as soon as they are idle.
 */
@Timeout(600)
class StandaloneIT {

  private static final Pattern CLIPS = Pattern.compile("_affetto_clips_Value\\S* ([0-9.]+)");
  private static final int CLIPS_OF_DEMO = 64;

  @TempDir private static Path folder;
  private static SparkHome home;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    home =
        SparkHome.in(Path.of("target/a spark home").toAbsolutePath())
            .withOthers(Path.of("target/other-jackson"))
            .defaults(
                Map.ofEntries(
                    entry("spark.serializer", "org.apache.spark.serializer.KryoSerializer"),
                    entry("spark.speculation", "true"),
                    entry("spark.speculation.interval", "20ms"),
                    entry("spark.speculation.multiplier", "1.0"),
                    entry("spark.speculation.quantile", "0.1"),
                    entry("spark.speculation.minTaskRuntime", "50ms"),
                    entry("spark.dynamicAllocation.enabled", "true"),
                    entry("spark.dynamicAllocation.shuffleTracking.enabled", "true"),
                    entry("spark.dynamicAllocation.shuffleTracking.timeout", "5s"),
                    entry("spark.dynamicAllocation.executorIdleTimeout", "5s"),
                    entry("spark.executor.memory", "700m"),
                    entry("spark.executor.cores", "1")));
    cluster = new StandaloneCluster(folder, home.folder()).await();
    cluster.worker("a", 2).worker("b", 2).await("a").await("b");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static RunningAffetto submit(List<String> options, String... command) throws IOException {
    List<String> words = new ArrayList<>(List.of("--master", cluster.url()));
    words.addAll(options);
    words.add("--");
    words.addAll(List.of(command));
    return RunningAffetto.start(words, home.environment(Map.of()));
  }

  /** All commands in one application: ingest loses an executor, and nobody notices. */
  @Test
  void theWholePipelineRunsLosesAnExecutorAndIsSeenByOthers() throws Exception {
    String corrupt = "corpora/ravdess/Actor_24/03-01-05-02-02-02-24.wav";
    Path file = folder.resolve("demo").resolve(corrupt);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "RIFF, but not for long");
    Files.createDirectories(folder.resolve("events"));
    int port = Servers.freePort();
    List<String> options =
        List.of("--properties-file", prometheus(port).toString(), "--total-executor-cores", "2");
    try (RunningAffetto demo =
        submit(
            options,
            "demo",
            "--workspace",
            at("demo"),
            "--set",
            "demo.speakers=2",
            "--set",
            "demo.clips=8",
            "--set",
            "demo.epochs=2")) {
      String metrics = awaitClips(demo, port);
      assertThat(metrics)
          .contains("_affetto_rows_Value", "_affetto_rejects_Value", "_affetto_clips_per_second")
          .contains("_affetto_averaging_rounds_Value", "_affetto_waiting_for_input_Value");
      List<ProcessHandle> executors = cluster.executors();
      assertThat(executors).isNotEmpty();
      assertThat(executors.get(0).destroyForcibly()).isTrue();
      assertThat(demo.exitCode()).as(demo.text()).isZero();
      assertThat(demo.text())
          .contains("Lost executor", "spark.serializer is org.apache.spark.serializer.JavaSerial")
          .contains("model       demo:1")
          .containsPattern("executor ([2-9]|\\d\\d+) on \\S+: cpu ");
    }
    theRowsAreThoseOfOneMachine();
    theHistoryServerOpensItsLog();
  }

  /** Spark takes one file of properties: the cluster's defaults would be lost beside ours. */
  private static Path prometheus(int port) throws IOException {
    List<String> lines =
        new ArrayList<>(Files.readAllLines(home.folder().resolve("conf/spark-defaults.conf")));
    Files.readAllLines(Path.of("conf/spark-standalone.properties")).stream()
        .filter(line -> line.contains("prometheus") && !line.startsWith("#"))
        .forEach(lines::add);
    lines.addAll(
        List.of(
            "spark.ui.port " + port,
            "spark.eventLog.enabled true",
            "spark.eventLog.dir " + folder.resolve("events").toUri()));
    return Files.write(folder.resolve("my.properties"), lines);
  }

  /** What Prometheus would see, as soon as clips are counted. */
  private static String awaitClips(RunningAffetto demo, int port) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    URI uri = URI.create("http://127.0.0.1:%d/metrics/prometheus/".formatted(port));
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    while (true) {
      assertThat(demo.isAlive()).as(demo.text()).isTrue();
      try {
        String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        Matcher clips = CLIPS.matcher(text);
        if (clips.find() && Double.parseDouble(clips.group(1)) > 0) {
          return text;
        }
      } catch (IOException notYetThere) {
        Thread.sleep(50);
      }
      Thread.sleep(20);
    }
  }

  private static void theRowsAreThoseOfOneMachine() {
    List<String> ingest = new ArrayList<>(List.of("ingest", "--warehouse", at("local")));
    for (String corpus : List.of("ravdess", "cremad", "savee", "tess")) {
      ingest.addAll(List.of("--corpus", corpus + "=" + at("demo/corpora/" + corpus)));
    }
    Outcome outcome = Outcome.run(ingest.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    try (SparkSession spark = Sessions.open("rows", Map.of("spark.master", "local[2]"))) {
      assertThat(rows(spark, "demo/warehouse/utterances", "utterance_id"))
          .hasSize(CLIPS_OF_DEMO)
          .isEqualTo(rows(spark, "local/utterances", "utterance_id"));
      assertThat(rows(spark, "demo/warehouse/rejected", "uri"))
          .hasSize(1)
          .isEqualTo(rows(spark, "local/rejected", "uri"));
      assertThat(rows(spark, "demo/warehouse/features/feature_set=recipe-162", "clip_id"))
          .hasSize(3 * CLIPS_OF_DEMO);
    }
  }

  /** By key, all columns, each row once. */
  private static Map<String, String> rows(SparkSession spark, String table, String key) {
    Map<String, String> rows = new TreeMap<>();
    for (Row row : spark.read().parquet(at(table)).collectAsList()) {
      Object[] values = new Object[row.length()];
      Arrays.setAll(
          values,
          i -> row.get(i) instanceof byte[] bytes ? (Object) Arrays.hashCode(bytes) : row.get(i));
      assertThat(rows.put(row.getAs(key), Arrays.toString(values))).isNull();
    }
    return rows;
  }

  private static void theHistoryServerOpensItsLog() throws Exception {
    try (HistoryServer history = HistoryServer.start(home, folder.resolve("events"))) {
      assertThat(history.descriptions())
          .contains("ingest: decode 17 clips of ravdess", "ingest: write 16 clips of ravdess")
          .contains("sweep: 192 clips for recipe-162", "train demo: epoch 2, round 1 of 1")
          .anyMatch(line -> line.matches("evaluate: predict \\d+ rows by demo:1"))
          .anyMatch(line -> line.matches("score: \\d+ files by demo:1"));
      // A corrupt file is a row of the rejected table, not a task's failure.
      assertThat(history.failuresOfTasks())
          .allMatch(line -> line.contains("ExecutorLostFailure") || line.contains("FetchFailed"));
    }
  }

  /** Spark's own exit code would be 0 for both. */
  @Test
  void inClusterModeTheDriversExitCodeIsTold() throws Exception {
    Outcome synth = Outcome.run("synth", "--out", at("corpora"), "--speakers", "2", "--clips", "8");
    assertThat(synth.code()).as(synth.err()).isZero();
    List<String> options = List.of("--deploy-mode", "cluster", "--total-executor-cores", "1");
    try (RunningAffetto good =
            submit(
                options,
                "ingest",
                "--corpus",
                "tess=" + at("corpora/tess"),
                "--warehouse",
                at("c"));
        RunningAffetto bad =
            submit(
                options, "ingest", "--corpus", "tess=" + at("nowhere"), "--warehouse", at("d"))) {
      assertThat(bad.exitCode()).as(bad.text()).isEqualTo(ExitCodes.BAD_INPUT);
      assertThat(good.exitCode()).as(good.text()).isZero();
    }
    List<String> said = new ArrayList<>(cluster.driverLogs("a"));
    said.addAll(cluster.driverLogs("b"));
    assertThat(said).anyMatch(line -> line.contains(at("nowhere")));
    assertThat(folder.resolve("c/utterances/corpus=tess")).isNotEmptyDirectory();
  }
}
