package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.augment.AddNoise;
import affetto.augment.Clean;
import affetto.baseline.BaselineSpec;
import affetto.corpus.EmotionScheme;
import affetto.feature.FeatureSets;
import affetto.servers.Servers;
import affetto.table.FeatureTable;
import affetto.table.Partition;
import affetto.table.PredictionTable;
import affetto.table.RejectedTable;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import affetto.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of the pipeline with corpora, warehouse and store on a real HDFS and a real S3: the
 * same rows and the same model as on disk, and nothing half written to be seen.
 */
class StorageIT {

  private static final long MAX_BYTES = 1 << 20;
  private static final int FILES = 3;
  private static final int ROWS = 30;

  @TempDir static Path folder;
  private static SparkSession spark;
  private static Made onDisk;

  /** What a pipeline has made, without the names of places and times. */
  private record Made(Map<String, Set<String>> rows, Map<String, String> network) {}

  @BeforeAll
  static void start() throws IOException {
    Map<String, String> settings = new TreeMap<>(TestCorpus.LOCAL);
    settings.putAll(Servers.s3().settings());
    spark = Sessions.open("storage", settings);
    SynthJob.run(new SynthJobSpec(folder.resolve("synth").toString(), 3, 6, 3));
    // As the world packs them: deep, with spaces, accents, and signs that URIs treat specially.
    Path odd = folder.resolve("corpora/RAVDESS (speech) \u00e9t\u00e9/a #1 & 100%/n\u00e9sted+[x]");
    Files.createDirectories(odd.getParent());
    Files.move(folder.resolve("synth/ravdess"), odd);
    new TestCorpus(odd).bytes("Actor_01/03-01-01-01-01-01-01 caf\u00e9 ?.wav", new byte[100]);
    Files.move(folder.resolve("synth/savee"), folder.resolve("corpora/savee"));
    onDisk = make(folder.toString());
  }

  static List<String> servers() {
    return List.of(Servers.hdfs().getURI().toString(), Servers.s3().uri());
  }

  private static Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private static FileSystem files(String root) throws IOException {
    return new org.apache.hadoop.fs.Path(root).getFileSystem(hadoop());
  }

  /** A network's parts without the times that its zip has kept. */
  private static Map<String, String> network(String version) throws IOException {
    Map<String, String> parts = new TreeMap<>();
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(version, "network.zip");
    try (ZipInputStream zip = new ZipInputStream(files(version).open(path))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), DigestUtils.sha256Hex(zip.readAllBytes()));
      }
    }
    assertThat(parts).containsKey("coefficients.bin");
    return parts;
  }

  private static Made make(String root) throws IOException {
    Warehouse warehouse = new Warehouse(root + "/a warehouse");
    String store = root + "/store";
    IngestSpec ingest =
        new IngestSpec(
            List.of(
                new CorpusSource("ravdess", root + "/corpora/RAVDESS (speech) \u00e9t\u00e9"),
                new CorpusSource("savee", root + "/corpora/savee")),
            warehouse.root(),
            MAX_BYTES);
    SweepSpec sweep =
        new SweepSpec(warehouse.root(), "recipe-162", List.of(new Clean(), new AddNoise(0.035)), 1);
    assertThat(IngestJob.run(spark, ingest, Progress.SILENT).rejected()).isEqualTo(1);
    assertThat(SweepJob.run(spark, sweep, Progress.SILENT).fresh()).isPositive();
    // Again, over what lies there.
    assertThat(IngestJob.run(spark, ingest, Progress.SILENT).corpora())
        .allMatch(corpus -> corpus.fresh() == 0);
    assertThat(SweepJob.run(spark, sweep, Progress.SILENT).fresh()).isZero();
    TrainJob.run(spark, training(warehouse, store, "recipe-cnn"), Progress.SILENT);
    TrainJob.run(spark, training(warehouse, store, "mllib-logistic"), Progress.SILENT);
    EvaluateJob.run(
        spark, new EvaluateSpec(warehouse.root(), store, "recipe-cnn"), Progress.SILENT);
    ScoreResult scored =
        ScoreJob.run(
            spark,
            new ScoreSpec(
                store, "mllib-logistic", root + "/corpora", root + "/the scores", MAX_BYTES),
            Progress.SILENT);
    assertThat(scored.files()).isPositive();
    return new Made(rows(root, warehouse), network(store + "/recipe-cnn/1"));
  }

  private static TrainSpec training(Warehouse warehouse, String store, String network) {
    return new TrainSpec(
        warehouse.root(),
        store,
        network,
        "recipe-162",
        network,
        "speaker",
        2,
        1,
        "",
        EmotionScheme.COMMON_SIX,
        0,
        true,
        true,
        new TrainingSpec(1, 1, 16, 1, 1e-3, 1, 1, 0, false, 1),
        network.startsWith("mllib") ? new BaselineSpec(List.of(0.01), 50, 1, 1) : BaselineSpec.NONE,
        SafetySpec.DEFAULT);
  }

  private static Map<String, Set<String>> rows(String root, Warehouse warehouse) {
    Map<String, Set<String>> rows = new TreeMap<>();
    rows.put(
        "utterances",
        texts(
            root,
            UtteranceTable.TABLE
                .read(spark, warehouse)
                .drop(UtteranceTable.FILE_MODIFIED.name(), UtteranceTable.AUDIO.name())));
    rows.put("rejected", texts(root, RejectedTable.TABLE.read(spark, warehouse)));
    rows.put(
        "features",
        texts(root, FeatureTable.current(spark, warehouse, FeatureSets.named("recipe-162"))));
    rows.put("predictions", texts(root, PredictionTable.TABLE.read(spark, warehouse)));
    rows.put("scores", texts(root, spark.read().parquet(root + "/the scores")));
    return rows;
  }

  private static Set<String> texts(String root, Dataset<Row> rows) {
    Set<String> texts =
        rows.collectAsList().stream()
            .map(
                row -> {
                  Object[] values = new Object[row.length()];
                  Arrays.setAll(values, row::get);
                  String text = Arrays.deepToString(values);
                  return text.replace("file:" + root, "ROOT").replace(root, "ROOT");
                })
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(texts).isNotEmpty();
    return texts;
  }

  @ParameterizedTest
  @MethodSource("servers")
  void everyCommandMakesTheSameAsOnDisk(String root) throws IOException {
    files(root)
        .copyFromLocalFile(
            new org.apache.hadoop.fs.Path(folder.resolve("corpora").toUri()),
            new org.apache.hadoop.fs.Path(root + "/corpora"));
    Made made = make(root);
    assertThat(made.rows().keySet()).isEqualTo(onDisk.rows().keySet());
    onDisk
        .rows()
        .forEach((table, rows) -> assertThat(made.rows().get(table)).as(table).isEqualTo(rows));
    assertThat(made.network()).isEqualTo(onDisk.network());
    List<String> successes = successes(root + "/a warehouse");
    assertThat(successes).hasSizeGreaterThan(3);
    if (root.startsWith("s3a:")) {
      assertThat(successes).allMatch(text -> text.contains("\"committer\" : \"magic\""));
    } else {
      assertThat(successes).allMatch(String::isEmpty);
    }
  }

  /** What the committers have left in token of success. */
  private static List<String> successes(String root) throws IOException {
    List<String> texts = new ArrayList<>();
    FileSystem files = files(root);
    RemoteIterator<LocatedFileStatus> all =
        files.listFiles(new org.apache.hadoop.fs.Path(root), true);
    while (all.hasNext()) {
      org.apache.hadoop.fs.Path path = all.next().getPath();
      assertThat(path.toString()).doesNotContain("_temporary").doesNotContain("__magic");
      if (path.getName().equals("_SUCCESS")) {
        try (FSDataInputStream in = files.open(path)) {
          texts.add(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
      }
    }
    return texts;
  }

  /** Rows that all say which write they are of, in several files. */
  private static Dataset<Row> written(int write) {
    List<Row> rows =
        IntStream.range(0, ROWS)
            .mapToObj(i -> RowFactory.create("file " + i, "write " + write))
            .toList();
    return spark.createDataFrame(rows, RejectedTable.TABLE.fileSchema()).repartition(FILES);
  }

  static List<String> places() {
    return Stream.concat(Stream.of(folder.toString()), servers().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("places")
  void aReaderDuringWritesSeesEachWholeOrNotAtAll(String root) throws Exception {
    Warehouse warehouse = new Warehouse(root + "/watched");
    Partition partition = new Partition(hadoop(), warehouse, RejectedTable.partition("savee"));
    partition.replace(written(0).write());
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<List<Map<String, Long>>> seen = reader.submit(() -> watch(warehouse, done));
      for (int write = 1; write <= 2; write++) {
        partition.replace(written(write).write());
        partition.append(written(10 + write).write());
      }
      done.set(true);
      assertThat(seen.get()).hasSizeGreaterThan(1);
      for (Map<String, Long> counts : seen.get()) {
        assertThat(counts.values())
            .as(counts.toString())
            .hasSizeBetween(1, 2)
            .containsOnly((long) ROWS);
        if (counts.size() == 2) {
          int first = counts.keySet().stream().mapToInt(StorageIT::number).min().orElseThrow();
          assertThat(counts).containsOnlyKeys("write " + first, "write " + (10 + first));
        }
      }
      // Who knows nothing of _files.json sees no more than that, once nobody writes.
      assertThat(counts(spark.read().parquet(warehouse.folder("rejected"))))
          .containsOnlyKeys("write 2", "write 12");
    } finally {
      done.set(true);
      reader.shutdown();
    }
  }

  private static int number(String write) {
    return Integer.parseInt(write.substring("write ".length()));
  }

  private static List<Map<String, Long>> watch(Warehouse warehouse, AtomicBoolean done) {
    List<Map<String, Long>> seen = new ArrayList<>();
    while (!done.get()) {
      try {
        seen.add(counts(RejectedTable.TABLE.read(spark, warehouse)));
      } catch (Exception e) {
        // A file may go while it is read, but then nothing is answered.
        assertThat(e)
            .isInstanceOfAny(SparkException.class, org.apache.spark.sql.AnalysisException.class);
      }
    }
    return seen;
  }

  private static Map<String, Long> counts(Dataset<Row> rows) {
    return rows.select("reason").collectAsList().stream()
        .collect(Collectors.groupingBy(row -> row.getString(0), Collectors.counting()));
  }

  /** What a writer left that was killed in the midst of its commit. */
  @Test
  void filesThatNobodyVouchedForDoNotCountAndGo() throws IOException {
    Warehouse warehouse = new Warehouse(folder.resolve("orphans").toString());
    String name = RejectedTable.partition("tess");
    Partition partition = new Partition(hadoop(), warehouse, name);
    partition.replace(written(1).write());
    written(2).write().mode("append").parquet(warehouse.folder(name));
    assertThat(counts(RejectedTable.TABLE.read(spark, warehouse))).containsOnlyKeys("write 1");
    partition.append(written(3).write());
    assertThat(counts(spark.read().parquet(warehouse.folder(name))))
        .containsOnlyKeys("write 1", "write 3");
  }
}
