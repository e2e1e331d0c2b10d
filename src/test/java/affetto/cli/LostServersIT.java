package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Clean;
import affetto.cluster.RunningAffetto;
import affetto.feature.FeatureSets;
import affetto.job.CorpusSource;
import affetto.job.IngestJob;
import affetto.job.IngestSpec;
import affetto.job.Progress;
import affetto.job.Sessions;
import affetto.job.SweepJob;
import affetto.job.SweepResult;
import affetto.job.SweepSpec;
import affetto.job.SynthJob;
import affetto.job.SynthJobSpec;
import affetto.servers.LocalHdfs;
import affetto.servers.S3Proxy;
import affetto.servers.Servers;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.table.FeatureTable;
import affetto.table.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server that holds a warehouse gets a kill -9 while a sweep writes there: the sweep ends and
 * says so, nothing of what it wrote counts, and once the server is back the same sweep ends with
 * the rows of one that ran undisturbed.
 */
class LostServersIT {

  private static final long PATIENCE_SECONDS = 180;

  /** For the server does not come back before the sweep has ended. */
  private static final Map<String, String> IMPATIENCE =
      Map.of(
          "spark.hadoop.fs.s3a.attempts.maximum", "1",
          "spark.hadoop.fs.s3a.retry.limit", "1",
          "spark.hadoop.fs.s3a.retry.interval", "100ms",
          "spark.hadoop.ipc.client.connect.max.retries", "1",
          "spark.hadoop.ipc.client.connect.retry.interval", "100");

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static Map<String, String> undisturbed;

  private interface Action {
    void run() throws Exception;
  }

  /** What is killed and started again. */
  private record Server(String root, Action kill, Action start) {}

  @BeforeAll
  static void prepare() {
    Map<String, String> settings = new TreeMap<>(Map.of("spark.master", "local[2]"));
    settings.putAll(IMPATIENCE);
    settings.putAll(Servers.s3().settings());
    spark = Sessions.open("lost servers", settings);
    SynthJob.run(new SynthJobSpec(folder.resolve("corpora").toString(), 4, 6, 1));
    String warehouse = folder.resolve("warehouse").toString();
    ingest(warehouse);
    sweep(warehouse);
    undisturbed = rows(warehouse);
  }

  private static void ingest(String warehouse) {
    List<CorpusSource> sources =
        Stream.of("ravdess", "savee")
            .map(name -> new CorpusSource(name, folder.resolve("corpora/" + name).toString()))
            .toList();
    IngestJob.run(spark, new IngestSpec(sources, warehouse, 1 << 20), Progress.SILENT);
  }

  private static SweepResult sweep(String warehouse) {
    List<Augmentation> augmentations =
        List.of(new Clean(), new AddNoise(0.01), new AddNoise(0.02), new AddNoise(0.03));
    SweepSpec spec = new SweepSpec(warehouse, "recipe-162", augmentations, 1);
    return SweepJob.run(spark, spec, Progress.SILENT);
  }

  private static List<String> names(FileSystem files, org.apache.hadoop.fs.Path path)
      throws IOException {
    List<String> names = new ArrayList<>();
    if (files.exists(path)) {
      for (FileStatus status : files.listStatus(path)) {
        names.add(status.getPath().getName());
        if (status.isDirectory()) {
          names.addAll(names(files, status.getPath()));
        }
      }
    }
    return names;
  }

  private static List<String> features(Server server) throws IOException {
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(server.root() + "/warehouse/features");
    return names(path.getFileSystem(spark.sparkContext().hadoopConfiguration()), path);
  }

  /** Until rows are on their way there: open files on HDFS, open uploads on S3. */
  private static void awaitAWrite(Server server, Future<?> sweep) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (features(server).isEmpty()) {
      assertThat(!sweep.isDone() && System.nanoTime() < end).isTrue();
      Thread.sleep(20);
    }
  }

  private static void sweepThroughAKill(Server server) throws Exception {
    String warehouse = server.root() + "/warehouse";
    ingest(warehouse);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<SweepResult> sweep = thread.submit(() -> sweep(warehouse));
      awaitAWrite(server, sweep);
      server.kill().run();
      assertThatThrownBy(sweep::get).satisfies(LostServersIT::isSaidInALine);
    } finally {
      thread.shutdown();
    }
    server.start().run();
    assertThat(features(server)).doesNotContain("_commit.json");
    assertThat(sweep(warehouse).fresh()).isPositive();
    assertThat(rows(warehouse)).isEqualTo(undisturbed);
    assertThat(sweep(warehouse).fresh()).isZero();
  }

  private static void isSaidInALine(Throwable fault) {
    StringWriter said = new StringWriter();
    int code = Faults.report(fault.getCause(), new PrintWriter(said), false);
    assertThat(said.toString()).containsPattern("^affetto: .*(127\\.0\\.0\\.1|localhost)");
    assertThat(code).as(said.toString()).isEqualTo(ExitCodes.BAD_INPUT);
  }

  private static Map<String, String> rows(String warehouse) {
    Map<String, String> rows = new TreeMap<>();
    FeatureTable.current(spark, new Warehouse(warehouse), FeatureSets.named("recipe-162"))
        .drop("commit")
        .collectAsList()
        .forEach(
            row -> {
              Object[] values = new Object[row.length()];
              Arrays.setAll(values, row::get);
              String clip = row.getAs("clip_id");
              assertThat(rows.put(clip, Arrays.toString(values))).isNull();
            });
    assertThat(rows).isNotEmpty();
    return rows;
  }

  @Test
  void aSweepOnHdfsGoesOnOnceTheServersAreBack() throws Exception {
    try (LocalHdfs servers = new LocalHdfs(folder.resolve("hdfs"))) {
      sweepThroughAKill(new Server(servers.uri(), servers::kill, servers::start));
    }
  }

  @Test
  void aSweepOnS3GoesOnOnceTheServerIsBackAndTwoProcessesPublishThere() throws Exception {
    S3Proxy proxy = Servers.s3();
    // The server may be other tests', too.
    Server server = new Server(proxy.uri() + "/lost-servers", proxy::kill, proxy::start);
    sweepThroughAKill(server);
    String store = server.root() + "/store";
    List<String> train = new ArrayList<>(List.of("--master", "local[1]"));
    proxy.settings().forEach((key, value) -> train.addAll(List.of("--conf", key + "=" + value)));
    train.addAll(List.of("--", "train", "--warehouse", server.root() + "/warehouse"));
    train.addAll(List.of("--store", store, "--network", "mllib-logistic"));
    train.addAll(List.of("--protocol", "speaker", "--fold", "1"));
    try (RunningAffetto one = RunningAffetto.start(train);
        RunningAffetto other = RunningAffetto.start(train)) {
      List<String> published = List.of(published(one), published(other));
      // each has a version of its own; where publishers meet, numbers may be left out
      assertThat(published).doesNotHaveDuplicates();
      assertThat(new ModelStore(store, spark.sparkContext().hadoopConfiguration()).list())
          .extracting(ModelManifest::reference)
          .containsExactlyInAnyOrderElementsOf(published);
    }
  }

  /** The model that this run says it published. */
  private static String published(RunningAffetto run) throws Exception {
    run.awaitLine("published mllib-logistic:");
    assertThat(run.exitCode()).as(run.text()).isZero();
    Matcher line = Pattern.compile("published (mllib-logistic:\\d+)").matcher(run.text());
    assertThat(line.find()).as(run.text()).isTrue();
    return line.group(1);
  }
}
