package affetto.job;

import affetto.augment.Augmentation;
import affetto.feature.FeatureSet;
import affetto.table.FeatureFolder;
import affetto.table.FeatureFolders;
import affetto.table.FeatureRejectedTable;
import affetto.table.FeatureStorage;
import affetto.table.FeatureTable;
import affetto.table.Origin;
import affetto.table.Table;
import affetto.table.UtteranceIndex;
import affetto.table.Warehouse;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a sweep has to do: the clips that it wants, and those that lie there already, be it in
 * folders that count or in those that an earlier run could not finish. Made in one pass over the
 * key columns of each table.
 *
 * @param folders as they lay before
 */
record SweepPlan(
    Broadcast<WantedClips> wanted, FeatureFolders folders, Inventory rows, Inventory rejects)
    implements AutoCloseable {

  /**
   * Compares what the spec wants with what the warehouse holds.
   *
   * @throws affetto.fault.BadInputException if the warehouse has no utterances
   */
  static SweepPlan of(SparkSession spark, SweepSpec spec, FeatureSet featureSet) {
    Warehouse warehouse = new Warehouse(spec.warehouse());
    WantedClips clips =
        new WantedClips(
            UtteranceIndex.of(spark, warehouse),
            spec.augmentations(),
            spec.seed(),
            featureSet.version());
    FeatureFolders folders =
        new FeatureStorage(spark.sparkContext().hadoopConfiguration(), warehouse, featureSet.id())
            .list();
    Broadcast<WantedClips> wanted =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(clips);
    List<FeatureFolder> usable =
        clips.augmentations().stream()
            .flatMap(augmentation -> usable(folders, augmentation, clips.origin(augmentation)))
            .toList();
    Table rejected = FeatureRejectedTable.of(featureSet);
    return new SweepPlan(
        wanted,
        folders,
        Inventory.of(FeatureTable.read(spark, warehouse, featureSet, usable), wanted),
        rejected.exists(spark, warehouse)
            ? Inventory.of(rejected.read(spark, warehouse), wanted)
            : new Inventory());
  }

  private static Stream<FeatureFolder> usable(
      FeatureFolders folders, Augmentation augmentation, Origin origin) {
    return Stream.concat(
        folders.standing(augmentation.id(), origin).stream(),
        folders.unfinished(augmentation.id(), origin).stream());
  }

  /** The clips that have neither a row nor a rejection. */
  RoaringBitmap missing() {
    RoaringBitmap missing = wanted.value().all();
    missing.andNot(rows.clips());
    missing.andNot(rejects.clips());
    return missing;
  }

  @Override
  public void close() {
    wanted.destroy();
  }
}
