package affetto.job;

import affetto.feature.FeatureSet;
import affetto.table.FeatureRejectedTable;
import affetto.table.FeatureTable;
import affetto.table.FeatureWriter;
import affetto.table.Table;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * Computes what a plan misses, and writes it: a stage that goes through the sound once, and a stage
 * that writes the files.
 */
final class Sweeping {

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final FeatureSet featureSet;
  private final Table rejects;
  private final Progress progress;
  private final CollectionAccumulator<Row> rejected = new CollectionAccumulator<>();
  private final LongAccumulator done = new LongAccumulator();

  Sweeping(SparkSession spark, Warehouse warehouse, FeatureSet featureSet, Progress progress) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.featureSet = featureSet;
    this.rejects = FeatureRejectedTable.of(featureSet);
    this.progress = progress;
    spark.sparkContext().register(rejected, "rejected clips");
    spark.sparkContext().register(done, "clips");
  }

  /**
   * Computes every clip that has neither a row nor a rejection.
   *
   * @return of how many clips no features could be made, by augmentation
   */
  Map<String, Long> compute(SweepPlan plan) {
    BitSet missing = plan.missing();
    List<String> utterances = plan.wanted().value().utterances(missing).toList();
    int clips = missing.cardinality();
    progress.say(
        "sweep %s: %d clips of %d utterances to compute"
            .formatted(featureSet.id(), clips, utterances.size()));
    if (utterances.isEmpty()) {
      return Map.of();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<BitSet> shared = context.broadcast(missing);
    Broadcast<FeatureEngines> engines = context.broadcast(new FeatureEngines(featureSet));
    List<String> corpora = utterances.stream().map(UtteranceTable::corpus).distinct().toList();
    JavaRDD<InternalRow> rows =
        UtteranceTable.sounds(spark, warehouse, corpora)
            .mapPartitions(new ExtractFeatures(engines, plan.wanted(), shared, rejected, done));
    long start = System.nanoTime();
    try {
      return Heartbeat.during(progress, () -> progressLine(clips, start), () -> write(rows, clips));
    } finally {
      shared.destroy();
      engines.destroy();
    }
  }

  private Map<String, Long> write(JavaRDD<InternalRow> rows, int clips) {
    new FeatureWriter(warehouse, featureSet).append(spark, rows);
    if (done.value() < clips) {
      throw new IllegalStateException(
          "%d of %d clips were found: the utterances changed meanwhile"
              .formatted(done.value(), clips));
    }
    // A task that ran twice has told twice.
    return reject(new LinkedHashSet<>(rejected.value()));
  }

  private Map<String, Long> reject(Set<Row> rows) {
    if (rows.isEmpty()) {
      return Map.of();
    }
    spark
        .createDataFrame(new ArrayList<>(rows), rejects.fileSchema())
        .coalesce(1)
        .write()
        .mode("append")
        .parquet(warehouse.folder(rejects.name()));
    int augmentation = rejects.columns().indexOf(FeatureTable.AUGMENTATION);
    return rows.stream()
        .collect(Collectors.groupingBy(row -> row.getString(augmentation), Collectors.counting()));
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
