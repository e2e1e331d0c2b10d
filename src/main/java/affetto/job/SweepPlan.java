package affetto.job;

import static org.apache.spark.sql.functions.col;

import affetto.augment.Augmentation;
import affetto.feature.FeatureSet;
import affetto.table.ClipKey;
import affetto.table.FeatureRejectedTable;
import affetto.table.FeatureTable;
import affetto.table.Table;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a sweep has to do: the clips that it wants, and those that lie there already. Made in one
 * pass over the key columns of each table.
 */
record SweepPlan(Broadcast<WantedClips> wanted, Inventory rows, Inventory rejects)
    implements AutoCloseable {

  /**
   * Compares what the spec wants with what the warehouse holds.
   *
   * @throws affetto.fault.BadInputException if the warehouse has no utterances
   */
  static SweepPlan of(SparkSession spark, SweepSpec spec, FeatureSet featureSet) {
    Warehouse warehouse = new Warehouse(spec.warehouse());
    Broadcast<WantedClips> wanted =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(
                new WantedClips(
                    UtteranceTable.fingerprints(spark, warehouse),
                    spec.augmentations(),
                    spec.seed(),
                    featureSet.version()));
    return new SweepPlan(
        wanted,
        inventory(spark, warehouse, FeatureTable.of(featureSet), spec, wanted),
        inventory(spark, warehouse, FeatureRejectedTable.of(featureSet), spec, wanted));
  }

  private static Inventory inventory(
      SparkSession spark,
      Warehouse warehouse,
      Table table,
      SweepSpec spec,
      Broadcast<WantedClips> wanted) {
    if (!table.exists(spark, warehouse)) {
      return new Inventory();
    }
    Dataset<Row> swept =
        table
            .read(spark, warehouse)
            .where(
                col(FeatureTable.AUGMENTATION.name())
                    .isin(spec.augmentations().stream().map(Augmentation::id).toArray()));
    return ClipKey.of(swept)
        .aggregate(
            new Inventory(),
            (inventory, row) -> inventory.add(wanted.value(), row),
            (inventory, other) -> inventory.merge(wanted.value(), other));
  }

  /** The clips that have neither a row nor a rejection. */
  BitSet missing() {
    BitSet missing = wanted.value().all();
    missing.andNot(rows.clips());
    missing.andNot(rejects.clips());
    return missing;
  }

  /**
   * What came of it.
   *
   * @param rejected clips that have no features by now, by augmentation
   */
  SweepResult result(String featureSet, Map<String, Long> rejected, double seconds) {
    Map<String, Long> kept = wanted.value().count(rows.clips());
    Map<String, Long> before = wanted.value().count(rejects.clips());
    List<SweepResult.Count> counts = new ArrayList<>();
    wanted
        .value()
        .count(missing())
        .forEach(
            (augmentation, missing) -> {
              long now = rejected.getOrDefault(augmentation, 0L);
              counts.add(
                  new SweepResult.Count(
                      augmentation,
                      missing - now,
                      kept.get(augmentation),
                      before.get(augmentation) + now));
            });
    return new SweepResult(featureSet, counts, seconds);
  }

  @Override
  public void close() {
    wanted.destroy();
  }
}
