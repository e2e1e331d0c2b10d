package affetto.job;

import affetto.augment.Augmentation;
import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import affetto.feature.FeatureSets;
import affetto.table.Warehouse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * Computes the features of every utterance under every augmentation, where they are missing.
 *
 * <p>In: {@link affetto.table.UtteranceTable}. Out: {@link affetto.table.FeatureTable} and {@link
 * affetto.table.FeatureRejectedTable}. A clip whose recording, feature set, augmentation and seed
 * are those of a row that lies there already is not computed again; rows of the swept augmentations
 * that no longer match are removed. A row is a pure function of recording, augmentation and seed:
 * the same on any number of machines.
 *
 * <p>Memory does not grow with the corpus but for the utterances' ids and fingerprints, some two
 * hundred bytes each, on the driver and once on each executor. A run that was cut short leaves
 * whole files behind or none; the next run finds what is missing.
 *
 * <pre>{@code
 * submit/affetto sweep --warehouse /data/warehouse --sweep conf/sweep-recipe.conf \
 *     --feature-set recipe-162
 * }</pre>
 */
public final class SweepJob {

  private SweepJob() {}

  /**
   * Runs it.
   *
   * @throws BadInputException if the warehouse has no utterances, the feature set is unknown, or
   *     augmentations are missing or given twice, or a folder of noise cannot be read
   */
  public static SweepResult run(SparkSession spark, SweepSpec spec, Progress progress) {
    long start = System.nanoTime();
    List<Augmentation> augmentations =
        NoiseFolders.read(spec.augmentations(), spark.sparkContext().hadoopConfiguration());
    requireDistinct(augmentations);
    SweepSpec read = new SweepSpec(spec.warehouse(), spec.featureSet(), augmentations, spec.seed());
    FeatureSet featureSet = FeatureSets.named(spec.featureSet());
    Warehouse warehouse = new Warehouse(spec.warehouse());
    try (SweepPlan plan = SweepPlan.of(spark, read, featureSet)) {
      new StaleRows(spark, warehouse, featureSet, progress).remove(plan);
      Map<String, Long> rejected =
          new Sweeping(spark, warehouse, featureSet, progress).compute(plan);
      return plan.result(featureSet.id(), rejected, (System.nanoTime() - start) / 1e9);
    }
  }

  private static void requireDistinct(List<Augmentation> augmentations) {
    if (augmentations.isEmpty()) {
      throw new BadInputException("the sweep has no augmentation: name at least clean");
    }
    Set<String> seen = new HashSet<>();
    for (Augmentation augmentation : augmentations) {
      if (!seen.add(augmentation.id())) {
        throw new BadInputException("augmentation %s is given twice".formatted(augmentation.id()));
      }
    }
  }
}
