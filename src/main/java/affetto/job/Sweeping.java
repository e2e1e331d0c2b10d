package affetto.job;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;

import affetto.augment.Augmentation;
import affetto.feature.FeatureSet;
import affetto.feature.FeatureSets;
import affetto.table.Clip;
import affetto.table.FeatureRejectedTable;
import affetto.table.FeatureTable;
import affetto.table.Table;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import affetto.table.WideRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/** One run of sweep: what is wanted, what is there, and the rest computed. */
final class Sweeping implements AutoCloseable {

  private static final String ID = UtteranceTable.UTTERANCE_ID.name();
  private static final String CORPUS = FeatureTable.CORPUS.name();
  private static final String AUGMENTATION = FeatureTable.AUGMENTATION.name();
  private static final String VERSION = FeatureTable.FEATURE_SET_VERSION.name();

  /** What makes a row the row that is wanted; the feature set's version comes on top. */
  private static final String[] KEY = {
    ID, UtteranceTable.AUDIO_FINGERPRINT.name(), AUGMENTATION, FeatureTable.SEED.name()
  };

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final SweepSpec spec;
  private final FeatureSet featureSet;
  private final Table features;
  private final Table rejects;
  private final Progress progress;
  private final String staging;

  /** Every clip that should have a row: the key, and the corpus. */
  private final Dataset<Row> wanted;

  private Map<String, Long> kept = Map.of();

  Sweeping(SparkSession spark, SweepSpec spec, Progress progress) {
    this.spark = WideRows.session(spark);
    this.warehouse = new Warehouse(spec.warehouse());
    this.spec = spec;
    this.featureSet = FeatureSets.named(spec.featureSet());
    this.features = FeatureTable.of(featureSet);
    this.rejects = FeatureRejectedTable.of(featureSet);
    this.progress = progress;
    this.staging = warehouse.folder("_staging/" + spark.sparkContext().applicationId() + "-sweep");
    this.wanted = wanted().cache();
  }

  private Dataset<Row> wanted() {
    long base = spec.seed();
    Map<String, Integer> revisions = new HashMap<>();
    spec.augmentations().forEach(each -> revisions.put(each.id(), each.revision()));
    UDF2<String, String, Long> seed =
        (utterance, id) -> Clip.seed(base, utterance, id, revisions.get(id));
    String[] ids = spec.augmentations().stream().map(Augmentation::id).toArray(String[]::new);
    return UtteranceTable.metadata(spark, warehouse)
        .select(col(ID), col(CORPUS), col(UtteranceTable.AUDIO_FINGERPRINT.name()))
        .withColumn(AUGMENTATION, explode(functions.lit(ids)))
        .withColumn(
            FeatureTable.SEED.name(),
            functions.udf(seed, DataTypes.LongType).apply(col(ID), col(AUGMENTATION)));
  }

  /** Removes rows of the swept augmentations that no utterance, version or seed asks for. */
  void removeStale() {
    if (!features.exists(spark, warehouse)) {
      return;
    }
    Dataset<Row> swept = swept(features);
    Dataset<Row> stale =
        swept
            .where(col(VERSION).notEqual(featureSet.version()))
            .select(AUGMENTATION)
            .union(
                swept
                    .where(col(VERSION).equalTo(featureSet.version()))
                    .join(wanted, KEY, "left_anti")
                    .select(AUGMENTATION));
    for (Map.Entry<String, Long> entry : byAugmentation(stale).entrySet()) {
      progress.say(
          "sweep %s %s: removing %d rows of older recordings, versions or seeds"
              .formatted(featureSet.id(), entry.getKey(), entry.getValue()));
      Dataset<Row> rows =
          swept
              .where(col(AUGMENTATION).equalTo(entry.getKey()))
              .where(col(VERSION).equalTo(featureSet.version()))
              .join(broadcast(wanted.select(KEY[0], KEY[1], KEY[2], KEY[3])), KEY, "left_semi")
              .select(FeatureTable.columns(features.columns().stream()));
      WideRows.writer(rows.hint("rebalance").write()).mode("overwrite").parquet(staging);
      warehouse.replace(
          hadoop(), staging, features.name() + "/" + AUGMENTATION + "=" + entry.getKey());
    }
  }

  /** Computes every clip that has neither a row nor a rejection. */
  void computeMissing() {
    Dataset<Row> present = present(features);
    kept = byAugmentation(present);
    Dataset<Row> missing =
        wanted
            .join(present.unionByName(present(rejects)), KEY, "left_anti")
            .groupBy(ID, CORPUS)
            .agg(collect_list(AUGMENTATION).as(ExtractFeatures.MISSING))
            .cache();
    try {
      Row totals =
          missing
              .agg(
                  functions.count(functions.lit(1)),
                  functions.coalesce(
                      functions.sum(functions.size(col(ExtractFeatures.MISSING))),
                      functions.lit(0L)))
              .head();
      long clips = totals.getLong(1);
      progress.say(
          "sweep %s: %d clips of %d utterances to compute"
              .formatted(featureSet.id(), clips, totals.getLong(0)));
      if (clips > 0) {
        compute(missing, clips);
      }
    } finally {
      missing.unpersist();
    }
  }

  private void compute(Dataset<Row> missing, long clips) {
    CollectionAccumulator<Row> rejected = new CollectionAccumulator<>();
    LongAccumulator done = new LongAccumulator();
    spark.sparkContext().register(rejected, "rejected clips");
    spark.sparkContext().register(done, "clips");
    Object[] corpora =
        missing.select(CORPUS).distinct().collectAsList().stream().map(row -> row.get(0)).toArray();
    Dataset<Row> utterances =
        UtteranceTable.withAudio(spark, warehouse)
            .where(col(CORPUS).isin(corpora))
            .join(broadcast(missing.drop(CORPUS)), new String[] {ID});
    Broadcast<List<Augmentation>> augmentations =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(spec.augmentations());
    ExtractFeatures extract =
        new ExtractFeatures(featureSet, augmentations, spec.seed(), rejected, done);
    Dataset<Row> rows =
        spark.createDataFrame(utterances.toJavaRDD().mapPartitions(extract), features.schema());
    long start = System.nanoTime();
    try {
      Heartbeat.during(
          progress, () -> progressLine(done.value(), clips, start), () -> append(rows));
    } finally {
      augmentations.destroy();
    }
    // A task that ran twice has told twice.
    Set<Row> once = new LinkedHashSet<>(rejected.value());
    if (!once.isEmpty()) {
      spark
          .createDataFrame(new ArrayList<>(once), rejects.fileSchema())
          .coalesce(1)
          .write()
          .mode("append")
          .parquet(warehouse.folder(rejects.name()));
    }
  }

  /** Writes files of the size that Spark advises, however many tasks compute the rows. */
  private Dataset<Row> append(Dataset<Row> rows) {
    WideRows.writer(
            rows.hint("rebalance", col(AUGMENTATION).expr())
                .sortWithinPartitions(AUGMENTATION, FeatureTable.CLIP_ID.name())
                .write())
        .mode("append")
        .partitionBy(AUGMENTATION)
        .parquet(warehouse.folder(features.name()));
    return rows;
  }

  private String progressLine(long done, long clips, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double rate = done / seconds;
    String left =
        done == 0 || done >= clips
            ? ""
            : String.format(Locale.ROOT, ", %.0f s left", (clips - done) / rate);
    return String.format(
        Locale.ROOT,
        "sweep %s: %d of %d clips, %.1f clips/s%s",
        featureSet.id(),
        done,
        clips,
        rate,
        left);
  }

  /** Counts what the tables hold now. */
  SweepResult result(double seconds) {
    Map<String, Long> now = byAugmentation(present(features));
    Map<String, Long> rejected = byAugmentation(present(rejects));
    List<SweepResult.Count> counts = new ArrayList<>();
    for (Augmentation augmentation : spec.augmentations()) {
      String id = augmentation.id();
      long before = kept.getOrDefault(id, 0L);
      counts.add(
          new SweepResult.Count(
              id, now.getOrDefault(id, 0L) - before, before, rejected.getOrDefault(id, 0L)));
    }
    return new SweepResult(featureSet.id(), counts, seconds);
  }

  /** Keys of wanted clips that the table holds, each once. */
  private Dataset<Row> present(Table table) {
    Dataset<Row> keys = wanted.select(KEY[0], KEY[1], KEY[2], KEY[3]);
    if (!table.exists(spark, warehouse)) {
      return keys.limit(0);
    }
    Dataset<Row> there =
        swept(table)
            .where(col(VERSION).equalTo(featureSet.version()))
            .select(KEY[0], KEY[1], KEY[2], KEY[3]);
    return keys.join(there, KEY, "left_semi");
  }

  /** A table's rows of the swept augmentations. */
  private Dataset<Row> swept(Table table) {
    return table
        .read(spark, warehouse)
        .where(
            col(AUGMENTATION).isin(spec.augmentations().stream().map(Augmentation::id).toArray()));
  }

  private static Map<String, Long> byAugmentation(Dataset<Row> rows) {
    Map<String, Long> counts = new HashMap<>();
    rows.groupBy(AUGMENTATION)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  @Override
  public void close() {
    wanted.unpersist();
    try {
      warehouse.fileSystem(hadoop()).delete(new Path(staging), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
