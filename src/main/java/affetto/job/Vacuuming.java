package affetto.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.udf;

import affetto.feature.FeatureSet;
import affetto.job.Merging.Gathering;
import affetto.table.ClipKey;
import affetto.table.FeatureFolder;
import affetto.table.FeatureFolders;
import affetto.table.FeatureRejectedTable;
import affetto.table.FeatureStorage;
import affetto.table.FeatureTable;
import affetto.table.Partition;
import affetto.table.Table;
import affetto.table.UtteranceIndex;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import affetto.train.ScopedBroadcast;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/** Removes what no longer counts of one feature set. */
final class Vacuuming {

  private static final String COPY = "copy";

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final FeatureSet featureSet;
  private final FeatureStorage storage;
  private final Merging merging;
  private final Progress progress;

  Vacuuming(
      SparkSession spark,
      Warehouse warehouse,
      FeatureSet featureSet,
      SweepSizes sizes,
      Progress progress) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.featureSet = featureSet;
    this.storage = new FeatureStorage(hadoop(spark), warehouse, featureSet.id());
    this.merging = new Merging(spark, warehouse, featureSet, sizes);
    this.progress = progress;
  }

  /**
   * Writes the augmentations anew that hold rows of older recordings or second copies.
   *
   * @return how many rows that left out
   */
  long leaveOut(UtteranceIndex utterances) {
    FeatureFolders folders = storage.list();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (ScopedBroadcast<ClipNumbers> scope =
        ScopedBroadcast.of(context, new ClipNumbers(utterances, folders.augmentations()))) {
      Broadcast<ClipNumbers> numbers = scope.broadcast();
      rewriteRejections(numbers);
      List<Gathering> all = CompactJob.standing(folders).toList();
      SortedMap<String, Long> stale =
          Inventory.of(
                  FeatureTable.read(
                      spark,
                      warehouse,
                      featureSet,
                      all.stream().flatMap(gathering -> gathering.folders().stream()).toList()),
                  numbers)
              .stale();
      if (!stale.isEmpty()) {
        progress.say("vacuum: writing %d augmentations anew".formatted(stale.size()));
        merging.merge(
            all.stream().filter(gathering -> stale.containsKey(gathering.augmentation())).toList(),
            folders,
            rows -> onlyTrue(rows, utterances(numbers)));
      }
      return stale.values().stream().mapToLong(rows -> rows).sum();
    }
  }

  private static UDF2<String, String, Boolean> utterances(Broadcast<ClipNumbers> numbers) {
    return (utterance, fingerprint) -> numbers.value().isTrue(utterance, fingerprint);
  }

  private static Dataset<Row> onlyTrue(Dataset<Row> rows, UDF2<String, String, Boolean> isTrue) {
    // Not dropDuplicates, which aggregates every one of hundreds of columns.
    WindowSpec copies =
        Window.partitionBy(FeatureTable.AUGMENTATION.name(), FeatureTable.CLIP_ID.name())
            .orderBy(FeatureTable.COMMIT.name());
    return rows.where(
            udf(isTrue, DataTypes.BooleanType)
                .apply(
                    col(UtteranceTable.UTTERANCE_ID.name()),
                    col(UtteranceTable.AUDIO_FINGERPRINT.name())))
        .withColumn(COPY, row_number().over(copies))
        .where(col(COPY).equalTo(1))
        .drop(COPY);
  }

  /** Few rows; every round that rejects a clip adds a file. */
  private void rewriteRejections(Broadcast<ClipNumbers> numbers) {
    Table table = FeatureRejectedTable.of(featureSet);
    if (!table.exists(spark, warehouse)) {
      return;
    }
    UDF2<String, String, Boolean> isTrue = utterances(numbers);
    Dataset<Row> kept =
        table
            .read(spark, warehouse)
            .where(
                udf(isTrue, DataTypes.BooleanType)
                    .apply(
                        col(UtteranceTable.UTTERANCE_ID.name()),
                        col(UtteranceTable.AUDIO_FINGERPRINT.name())))
            .dropDuplicates(
                ClipKey.COLUMNS.stream().map(column -> column.name()).toArray(String[]::new))
            .coalesce(1);
    new Partition(hadoop(spark), warehouse, table.name()).replace(kept.write());
  }

  /**
   * Deletes folders.
   *
   * @param before only those that have not counted since then, in ms since 1970
   * @param rows that were left out
   */
  VacuumResult.Vacuumed remove(long before, long rows) {
    FeatureFolders folders = storage.list();
    List<FeatureFolder> removed = new ArrayList<>();
    long young = 0;
    for (String augmentation : folders.augmentations()) {
      Set<String> kept = new HashSet<>();
      for (Map.Entry<FeatureFolder, Long> old : folders.superseded(augmentation).entrySet()) {
        FeatureFolder folder = old.getKey();
        // While a folder is there that it has replaced, its word is needed.
        boolean needed =
            folder.commit().stream().flatMap(c -> c.replaces().stream()).anyMatch(kept::contains);
        if (needed || old.getValue() > before) {
          kept.add(folder.name());
          young++;
        } else {
          storage.delete(folder);
          removed.add(folder);
        }
      }
    }
    return new VacuumResult.Vacuumed(featureSet.id(), rows, FileCount.of(removed), young);
  }

  private static Configuration hadoop(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }
}
