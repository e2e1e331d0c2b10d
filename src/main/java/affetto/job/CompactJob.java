package affetto.job;

import affetto.feature.FeatureSet;
import affetto.feature.FeatureSets;
import affetto.job.Merging.Gathering;
import affetto.monitor.Step;
import affetto.table.FeatureFolders;
import affetto.table.FeatureStorage;
import affetto.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Gathers the rows of feature tables in fewer and larger files, where there are twice as many as
 * need be.
 *
 * <p>In and out: {@link affetto.table.FeatureTable}. Of each augmentation the new files come to
 * count when all of them are there, and the old ones stop counting in the same moment. These stay
 * until {@link VacuumJob} removes them, so that who reads meanwhile reads on undisturbed. A run
 * that is killed has compacted some augmentations and others not.
 *
 * <pre>{@code
 * submit/affetto compact --warehouse /data/warehouse --feature-set recipe-162
 * }</pre>
 */
public final class CompactJob {

  private CompactJob() {}

  /**
   * Runs it.
   *
   * @throws affetto.fault.BadInputException if the warehouse has no such feature set
   */
  public static CompactResult run(SparkSession spark, CompactSpec spec, Progress progress) {
    long start = System.nanoTime();
    Step.within(spark.sparkContext(), "compact");
    Warehouse warehouse = new Warehouse(spec.warehouse());
    List<CompactResult.Compacted> sets = new ArrayList<>();
    for (String id : SweptSets.of(spark, warehouse, spec.featureSet())) {
      progress.say("compact %s".formatted(id));
      sets.add(compact(spark, warehouse, FeatureSets.named(id), spec.sizes()));
    }
    return new CompactResult(sets, (System.nanoTime() - start) / 1e9);
  }

  private static CompactResult.Compacted compact(
      SparkSession spark, Warehouse warehouse, FeatureSet featureSet, SweepSizes sizes) {
    FeatureStorage storage =
        new FeatureStorage(spark.sparkContext().hadoopConfiguration(), warehouse, featureSet.id());
    FeatureFolders before = storage.list();
    Merging merging = new Merging(spark, warehouse, featureSet, sizes);
    List<Gathering> many = standing(before).filter(merging::worthwhile).toList();
    merging.merge(many, before, UnaryOperator.identity());
    return new CompactResult.Compacted(
        featureSet.id(), many.size(), count(before), count(storage.list()));
  }

  private static FileCount count(FeatureFolders folders) {
    return FileCount.of(
        standing(folders).flatMap(gathering -> gathering.folders().stream()).toList());
  }

  /** What counts of each augmentation. */
  static Stream<Gathering> standing(FeatureFolders folders) {
    return folders.augmentations().stream()
        .flatMap(
            augmentation ->
                folders.current(augmentation).stream()
                    .map(
                        origin ->
                            new Gathering(
                                augmentation, origin, folders.standing(augmentation, origin))));
  }
}
