package affetto.job;

import affetto.augment.Augmentation;
import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import affetto.feature.FeatureSets;
import affetto.monitor.Step;
import affetto.table.FeatureFolders;
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
 * are those of a row that lies there already is not computed again. A row is a pure function of
 * recording, augmentation and seed: the same on any number of machines.
 *
 * <p>The work is done in rounds, each a few minutes long: the sound of some files is decoded once,
 * for all augmentations. Readers see none of it until the last round is over; then each
 * augmentation's rows come to count, all at once. A run that was cut short loses its last round;
 * the next one goes on from there. Rows that are no longer true stay where they are, readable for
 * those who ask for their version, until {@link VacuumJob} removes them.
 *
 * <p>Memory does not grow with the corpus but for the utterances' ids and fingerprints, some
 * hundred bytes each, on the driver and once on each executor.
 *
 * <p>One process at a time may write a feature set: a sweep, compact or vacuum. Of two at once one
 * may take away what the other has in work; then rows are missing, which the next sweep computes,
 * or are there twice, which readers pass over and vacuum removes.
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
    Step.within(spark.sparkContext(), "sweep");
    Step.begin(spark.sparkContext(), "look what is there of " + spec.featureSet());
    SweepSpec ready = ready(spark, spec);
    FeatureSet featureSet = FeatureSets.named(spec.featureSet());
    try (SweepPlan plan = SweepPlan.of(spark, ready, featureSet)) {
      Map<String, Long> rejected = new Sweeping(spark, ready, featureSet, progress).compute(plan);
      FeatureFolders folders =
          new Commits(spark, ready, featureSet, progress).finish(plan.wanted().value());
      return new SweepOutcome(plan, folders)
          .result(featureSet.id(), rejected, (System.nanoTime() - start) / 1e9);
    }
  }

  /**
   * Says what {@link #run} would do, and how long it would take. Writes nothing.
   *
   * @throws BadInputException as {@link #run} does
   */
  public static SweepEstimate estimate(SparkSession spark, SweepSpec spec, Progress progress) {
    SweepSpec ready = ready(spark, spec);
    FeatureSet featureSet = FeatureSets.named(spec.featureSet());
    try (SweepPlan plan = SweepPlan.of(spark, ready, featureSet)) {
      progress.say("sweep %s: measuring how long a clip takes".formatted(featureSet.id()));
      return new Estimating(spark, ready, featureSet).estimate(plan);
    }
  }

  private static SweepSpec ready(SparkSession spark, SweepSpec spec) {
    List<Augmentation> augmentations =
        NoiseFolders.read(spec.augmentations(), spark.sparkContext().hadoopConfiguration());
    requireDistinct(augmentations);
    return spec.with(augmentations);
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
