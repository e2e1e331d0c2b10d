package affetto.job;

import affetto.feature.FeatureSets;
import affetto.monitor.Step;
import affetto.table.UtteranceIndex;
import affetto.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Removes from feature tables what no longer counts: rows of older recordings, versions and seeds,
 * rows that are there twice, files that compact has replaced, and what runs that were killed have
 * left.
 *
 * <p>In and out: {@link affetto.table.FeatureTable}, {@link affetto.table.FeatureRejectedTable}.
 * Files that hold rows of older recordings beside true ones are written anew without them first.
 * What has stopped counting only lately stays, for somebody may be reading it. Nobody else may
 * write the feature set meanwhile ({@link SweepJob}).
 *
 * <pre>{@code
 * submit/affetto vacuum --warehouse /data/warehouse --older-than 24
 * }</pre>
 */
public final class VacuumJob {

  private static final double MS_AN_HOUR = 3_600_000;

  private VacuumJob() {}

  /**
   * Runs it.
   *
   * @throws affetto.fault.BadInputException if the warehouse has no such feature set, or no
   *     utterances
   */
  public static VacuumResult run(SparkSession spark, VacuumSpec spec, Progress progress) {
    long start = System.nanoTime();
    Step.within(spark.sparkContext(), "vacuum");
    Step.begin(spark.sparkContext(), "look what there is");
    Warehouse warehouse = new Warehouse(spec.warehouse());
    List<VacuumResult.Vacuumed> sets = new ArrayList<>();
    List<String> ids = SweptSets.of(spark, warehouse, spec.featureSet());
    UtteranceIndex utterances = UtteranceIndex.of(spark, warehouse);
    for (String id : ids) {
      progress.say("vacuum %s".formatted(id));
      Step.begin(spark.sparkContext(), "look for rows of %s that do not count".formatted(id));
      Vacuuming vacuuming =
          new Vacuuming(spark, warehouse, FeatureSets.named(id), spec.sizes(), progress);
      long rows = vacuuming.leaveOut(utterances);
      long before = System.currentTimeMillis() - (long) (spec.olderThanHours() * MS_AN_HOUR);
      sets.add(vacuuming.remove(before, rows));
    }
    return new VacuumResult(sets, (System.nanoTime() - start) / 1e9);
  }
}
