package affetto.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import affetto.feature.FeatureSet;
import affetto.table.ClipKey;
import affetto.table.FeatureTable;
import affetto.table.FeatureWriter;
import affetto.table.Table;
import affetto.table.Warehouse;
import affetto.table.WideRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** Removes from a feature table what a plan found there and nobody asks for. */
final class StaleRows {

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final FeatureSet featureSet;
  private final Table features;
  private final Progress progress;

  StaleRows(SparkSession spark, Warehouse warehouse, FeatureSet featureSet, Progress progress) {
    this.spark = WideRows.session(spark);
    this.warehouse = warehouse;
    this.featureSet = featureSet;
    this.features = FeatureTable.of(featureSet);
    this.progress = progress;
  }

  /** Writes the partitions of those augmentations anew that have such rows. */
  void remove(SweepPlan plan) {
    plan.rows()
        .stale()
        .forEach(
            (augmentation, rows) -> {
              progress.say(
                  "sweep %s: removing %d rows of older recordings, versions or seeds, or there twice"
                      .formatted(augmentation, rows));
              replace(augmentation, plan.wanted());
            });
  }

  private void replace(String augmentation, Broadcast<WantedClips> wanted) {
    String staging =
        warehouse.folder("_staging/" + spark.sparkContext().applicationId() + "-sweep");
    try {
      Dataset<Row> rows =
          features
              .read(spark, warehouse)
              .where(col(FeatureTable.AUGMENTATION.name()).equalTo(augmentation))
              .where(isWanted(wanted).apply(FeatureTable.columns(ClipKey.COLUMNS.stream())))
              .dropDuplicates(FeatureTable.CLIP_ID.name());
      new FeatureWriter(warehouse, featureSet).stage(rows, staging);
      warehouse.replace(
          hadoop(),
          staging,
          features.name() + "/" + FeatureTable.AUGMENTATION.name() + "=" + augmentation);
    } finally {
      delete(staging);
    }
  }

  private static UserDefinedFunction isWanted(Broadcast<WantedClips> wanted) {
    UDF5<String, String, String, Long, String, Boolean> isWanted =
        (utterance, fingerprint, augmentation, seed, version) ->
            wanted
                .value()
                .number(new ClipKey(utterance, fingerprint, augmentation, seed, version))
                .isPresent();
    return udf(isWanted, DataTypes.BooleanType);
  }

  private void delete(String folder) {
    try {
      warehouse.fileSystem(hadoop()).delete(new Path(folder), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
