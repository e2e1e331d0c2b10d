package affetto.job;

import affetto.augment.Augmentation;
import affetto.feature.FeatureSet;
import affetto.job.Rounds.Round;
import affetto.monitor.Meters;
import affetto.monitor.Step;
import affetto.table.FeatureFolder;
import affetto.table.FeatureRejectedTable;
import affetto.table.FeatureTable;
import affetto.table.FeatureWriter;
import affetto.table.FileLayout;
import affetto.table.FileLayout.Target;
import affetto.table.Partition;
import affetto.table.Table;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import affetto.table.WideRows;
import affetto.train.ScopedBroadcast;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Computes what a plan misses, in rounds: a stage that goes through the sound of some files once,
 * and a stage that writes the rows. They lie in folders that do not count yet.
 */
final class Sweeping {

  /**
   * The first round is small, as nobody knows yet how long a clip takes: so many for each core, or
   * what a core makes in a round at so many a second.
   */
  private static final long FIRST_ROUND_CLIPS = 12_000;

  private static final double USUAL_CLIPS_PER_SECOND = 200;

  /** What a round may leave on an executor's disk, for each core. */
  private static final long ROUND_BYTES = 2L << 30;

  private static final long LARGEST_TASK_BYTES = 64L << 20;
  private static final int TASKS_A_CORE = 16;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Warehouse warehouse;
  private final FeatureSet featureSet;
  private final SweepSizes sizes;
  private final Table rejects;
  private final Progress progress;
  private final int cores;
  private final CollectionAccumulator<Row> rejected = new CollectionAccumulator<>();
  private final LongAccumulator done = new LongAccumulator();
  private final Map<String, Long> rejectedByAugmentation = new LinkedHashMap<>();

  Sweeping(SparkSession spark, SweepSpec spec, FeatureSet featureSet, Progress progress) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.warehouse = new Warehouse(spec.warehouse());
    this.featureSet = featureSet;
    this.sizes = spec.sizes();
    this.rejects = FeatureRejectedTable.of(featureSet);
    this.progress = progress;
    this.cores = spark.sparkContext().defaultParallelism();
    spark.sparkContext().register(rejected, "rejected clips");
    spark.sparkContext().register(done, "clips");
  }

  /**
   * Computes every clip that has neither a row nor a rejection.
   *
   * @return of how many clips no features could be made, by augmentation
   */
  Map<String, Long> compute(SweepPlan plan) {
    Rounds rounds = new Rounds(plan.wanted().value(), plan.missing());
    long clips = rounds.missing().getLongCardinality();
    progress.say("sweep %s: %d clips to compute".formatted(featureSet.id(), clips));
    if (rounds.done()) {
      return Map.of();
    }
    long start = System.nanoTime();
    try (ScopedBroadcast<RoaringBitmap> missing = ScopedBroadcast.of(context, rounds.missing());
        ScopedBroadcast<FeatureEngines> engines =
            ScopedBroadcast.of(context, new FeatureEngines(featureSet))) {
      ExtractFeatures extract =
          new ExtractFeatures(
              engines.broadcast(), plan.wanted(), missing.broadcast(), rejected, done);
      return Meters.of(spark.sparkContext())
          .counting(
              done::value,
              System::nanoTime,
              () ->
                  Heartbeat.during(
                      progress,
                      () -> progressLine(clips, start),
                      () -> compute(plan, rounds, extract)));
    }
  }

  private Map<String, Long> compute(SweepPlan plan, Rounds rounds, ExtractFeatures extract) {
    double rowBytes = RowSize.of(featureSet, plan.wanted().value().meanSeconds());
    long room = (long) (cores * ROUND_BYTES / rowBytes);
    long most =
        (long) (cores * Math.min(FIRST_ROUND_CLIPS, USUAL_CLIPS_PER_SECOND * sizes.roundSeconds()));
    while (!rounds.done()) {
      Round round = rounds.next(Math.min(most, room));
      long start = System.nanoTime();
      long before = done.value();
      compute(round, layout(plan, round, rowBytes), extract);
      if (done.value() - before < round.clips()) {
        throw new IllegalStateException(
            "%d of %d clips were found: the utterances changed meanwhile"
                .formatted(done.value() - before, round.clips()));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      most = (long) Math.max(1, round.clips() / seconds * sizes.roundSeconds());
      if (!rounds.done()) {
        progress.say(
            "sweep %s: a round of %d clips is safe".formatted(featureSet.id(), round.clips()));
      }
    }
    return rejectedByAugmentation;
  }

  /** Rows go on in the folder that a run before could not finish, or into a new one. */
  private FileLayout layout(SweepPlan plan, Round round, double rowBytes) {
    WantedClips wanted = plan.wanted().value();
    Map<String, Long> clips = wanted.count(plan.missing(), round.utterances());
    Map<String, Target> targets = new LinkedHashMap<>();
    for (Augmentation augmentation : wanted.augmentations()) {
      String id = augmentation.id();
      if (clips.get(id) > 0) {
        List<FeatureFolder> unfinished = plan.folders().unfinished(id, wanted.origin(augmentation));
        String folder =
            unfinished.isEmpty()
                ? plan.folders().nextSwept(id, wanted.origin(augmentation))
                : unfinished.get(0).name();
        targets.put(id, new Target(folder, sizes.files(clips.get(id) * rowBytes)));
      }
    }
    return new FileLayout(targets);
  }

  private void compute(Round round, FileLayout layout, ExtractFeatures extract) {
    long taskBytes =
        Math.max(
            WideRows.GROUP_BYTES,
            Math.min(LARGEST_TASK_BYTES, round.bytes() / (TASKS_A_CORE * (long) cores)));
    Step.begin(spark.sparkContext(), "%d clips for %s".formatted(round.clips(), featureSet.id()));
    JavaRDD<InternalRow> rows =
        UtteranceTable.sounds(spark, warehouse, round.files(), taskBytes).mapPartitions(extract);
    new FeatureWriter(warehouse, featureSet).write(spark, rows, layout);
    // A task that ran twice has told twice.
    Set<Row> rejects = new LinkedHashSet<>(rejected.value());
    Meters meters = Meters.of(spark.sparkContext());
    meters.wrote(round.clips() - rejects.size());
    meters.rejected(rejects.size());
    reject(rejects);
    rejected.reset();
  }

  private void reject(Set<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Step.begin(spark.sparkContext(), "write %d rejected clips".formatted(rows.size()));
    new Partition(spark.sparkContext().hadoopConfiguration(), warehouse, rejects.name())
        .append(
            spark.createDataFrame(new ArrayList<>(rows), rejects.fileSchema()).coalesce(1).write());
    int augmentation = rejects.columns().indexOf(FeatureTable.AUGMENTATION);
    rows.forEach(row -> rejectedByAugmentation.merge(row.getString(augmentation), 1L, Long::sum));
  }

  private String progressLine(long clips, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double rate = done.value() / seconds;
    String left =
        done.value() == 0 || done.value() >= clips
            ? ""
            : String.format(Locale.ROOT, ", %.0f s left", (clips - done.value()) / rate);
    return String.format(
        Locale.ROOT,
        "sweep %s: %d of %d clips, %.1f clips/s%s",
        featureSet.id(),
        done.value(),
        clips,
        rate,
        left);
  }
}
