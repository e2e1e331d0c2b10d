package affetto.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.udf;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Clean;
import affetto.feature.FeatureSet;
import affetto.feature.FeatureSets;
import affetto.job.Rounds.Round;
import affetto.table.Clip;
import affetto.table.Column;
import affetto.table.FeatureFolder.Commit;
import affetto.table.FeatureFolders;
import affetto.table.FeatureStorage;
import affetto.table.FeatureTable;
import affetto.table.FileLayout;
import affetto.table.Origin;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * The driver's part of a sweep of a million clips under fifty augmentations: listing the corpus,
 * planning what is missing beside what is there, cutting rounds, and committing. No sound is read.
 *
 * <p>Arguments: a folder, how many utterances (2000 at least), how many augmentations, and how many
 * of them are there already.
 */
public final class DriverBench {

  private static final long FILE_BYTES = 128L << 20;
  private static final int CLIPS_A_FILE = 640;
  private static final int FILES_AN_AUGMENTATION = 5;
  private static final long SEED = 42;
  private static final double MIB = 1 << 20;

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final int utterances;
  private final FeatureSet featureSet = FeatureSets.named("recipe-162");
  private final List<Augmentation> augmentations = new ArrayList<>(List.of(new Clean()));
  private final int there;

  private DriverBench(SparkSession spark, String folder, int utterances, int all, int there) {
    this.spark = spark;
    this.warehouse = new Warehouse(folder);
    this.utterances = utterances;
    this.there = there;
    for (int i = 1; i < all; i++) {
      augmentations.add(new AddNoise(i / 1000.0));
    }
  }

  public static void main(String[] arguments) throws IOException {
    int utterances = Integer.parseInt(arguments[1]);
    list(utterances);
    try (SparkSession spark =
        Sessions.open(
            "driver bench", Map.of("spark.master", "local[2]", "spark.ui.enabled", "false"))) {
      DriverBench bench =
          new DriverBench(
              spark,
              arguments[0],
              utterances,
              Integer.parseInt(arguments[2]),
              Integer.parseInt(arguments[3]));
      bench.makeWarehouse();
      bench.plan();
    }
  }

  private static <T> T timed(String what, Supplier<T> work) {
    long before = used();
    long start = System.nanoTime();
    long cpu = processorTime();
    T result = work.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    double busy = (processorTime() - cpu) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-46s %7.1f s, %7.1f s of processor, heap %+7.1f MiB, %7.1f MiB in all%n",
        what,
        seconds,
        busy,
        (used() - before) / MIB,
        used() / MIB);
    return result;
  }

  /** Of all threads, in ns: what other work on the machine does not change. */
  private static long processorTime() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void list(int utterances) {
    Configuration conf = new Configuration();
    conf.set("fs." + ManyFiles.SCHEME + ".impl", ManyFiles.class.getName());
    conf.setInt("affetto.bench.folders", utterances / ManyFiles.FILES_A_FOLDER);
    CorpusListing listing =
        timed(
            "list and parse the corpus",
            () ->
                CorpusListing.of(
                    conf, new CorpusSource("tess", "many:///tess"), 64L << 20, files -> List.of()));
    List<?> parts = timed("share it out", () -> listing.parts(8L << 20, 256));
    System.out.printf("%d files, %d tasks%n", listing.files().size(), parts.size());
  }

  /** An utterance table whose audio is one byte, and key columns of the features that are there. */
  private void makeWarehouse() {
    if (!UtteranceTable.TABLE.exists(spark, warehouse)) {
      int files = Math.max(1, utterances / CLIPS_A_FILE);
      described(files).write().parquet(warehouse.folder(UtteranceTable.partition("tess")));
    }
    if (storage().list().augmentations().isEmpty()) {
      augmentations.subList(0, there).forEach(this::makeRows);
    }
  }

  private Dataset<Row> described(int files) {
    UDF1<Long, String> id = number -> "tess-OAF_" + ManyFiles.word(number) + "_sad";
    Dataset<Row> rows =
        spark
            .range(0, utterances, 1, files)
            .withColumn("utterance_id", udf(id, DataTypes.StringType).apply(col("id")))
            .withColumn("audio_fingerprint", sha2(col("utterance_id"), 256));
    for (Column column : UtteranceTable.TABLE.columns()) {
      if (!List.of(rows.columns()).contains(column.name())) {
        rows = rows.withColumn(column.name(), lit("1").cast(column.type()));
      }
    }
    return rows.drop("id");
  }

  private void makeRows(Augmentation augmentation) {
    UDF1<String, Long> seed = id -> Clip.seed(SEED, id, augmentation.id(), augmentation.revision());
    Origin origin = origin(augmentation);
    FeatureStorage storage = storage();
    String name = storage.list().nextSwept(augmentation.id(), origin);
    described(FILES_AN_AUGMENTATION)
        .select(
            concat(col("utterance_id"), lit("~" + augmentation.id())).as("clip_id"),
            col("utterance_id"),
            col("audio_fingerprint"),
            udf(seed, DataTypes.LongType).apply(col("utterance_id")).as(FeatureTable.SEED.name()),
            lit(featureSet.version()).as(FeatureTable.FEATURE_SET_VERSION.name()))
        .write()
        .parquet(storage.path(augmentation.id(), name).toString());
    storage.commit(augmentation.id(), name, new Commit(origin, List.of()));
  }

  private Origin origin(Augmentation augmentation) {
    return new Origin(featureSet.version(), SEED, augmentation.revision());
  }

  private FeatureStorage storage() {
    return new FeatureStorage(
        spark.sparkContext().hadoopConfiguration(), warehouse, featureSet.id());
  }

  private void plan() throws IOException {
    SweepSpec spec = new SweepSpec(warehouse.root(), featureSet.id(), augmentations, SEED);
    try (SweepPlan plan =
        timed(
            "plan: utterances, rows that are there", () -> SweepPlan.of(spark, spec, featureSet))) {
      WantedClips wanted = plan.wanted().value();
      Rounds rounds = timed("what is missing", () -> new Rounds(wanted, plan.missing()));
      System.out.printf(
          "%d utterances in %d files, %d clips missing%n",
          wanted.utterances().size(),
          wanted.utterances().fileNames().size(),
          rounds.missing().getLongCardinality());
      Round round = timed("cut a round of ten million clips", () -> rounds.next(10_000_000));
      Map<String, FileLayout.Target> targets = new HashMap<>();
      timed(
              "count its rows by augmentation",
              () -> wanted.count(plan.missing(), round.utterances()))
          .forEach((id, clips) -> targets.put(id, new FileLayout.Target("x", 6)));
      timed("lay out its files", () -> new FileLayout(targets));
      makeUnfinished(plan.folders());
      FeatureFolders finished =
          timed(
              "list and commit all augmentations",
              () -> new Commits(spark, spec, featureSet, Progress.SILENT).finish(wanted));
      System.out.printf(
          "%d augmentations, %d files%n",
          finished.augmentations().size(),
          FileCount.of(finished.readable(featureSet.version())).files());
    }
  }

  /** Files of the size that they would have, with nothing in them. */
  private void makeUnfinished(FeatureFolders folders) throws IOException {
    for (Augmentation augmentation : augmentations.subList(there, augmentations.size())) {
      String name = folders.nextSwept(augmentation.id(), origin(augmentation));
      File folder = new File(storage().path(augmentation.id(), name).toUri());
      if (!folder.mkdirs()) {
        throw new IOException(folder + " is there");
      }
      for (int i = 0; i < FILES_AN_AUGMENTATION; i++) {
        try (RandomAccessFile file =
            new RandomAccessFile(new File(folder, "part-" + i + ".parquet"), "rw")) {
          file.setLength(FILE_BYTES);
        }
      }
    }
  }
}
