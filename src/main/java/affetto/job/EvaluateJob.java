package affetto.job;

import affetto.fault.BadInputException;
import org.apache.spark.sql.SparkSession;

/**
 * Measures a model on the rows that its own protocol and fold held out, or several models together
 * on the rows that all of them held out: the mean of their posteriors, after each alone.
 *
 * <p>In: {@link affetto.table.FeatureTable}, and a model of the store, whose manifest says how the
 * rows were divided. Out: {@link affetto.table.PredictionTable} and {@link
 * affetto.table.MetricTable}; what an earlier run wrote of the same version is replaced.
 *
 * <pre>{@code
 * submit/affetto evaluate --warehouse /data/warehouse --store /data/store --model recipe-cnn:3
 * }</pre>
 */
public final class EvaluateJob {

  private EvaluateJob() {}

  /**
   * Runs it.
   *
   * @throws BadInputException if there is no such model, the warehouse lacks its features or any
   *     row to test it on, or several models were not tested on the same fold
   * @throws affetto.fault.RefusedException if somebody stands on both sides of training and test
   *     against the protocol's promise
   */
  public static EvaluateResult run(SparkSession spark, EvaluateSpec spec, Progress progress) {
    return new Evaluation(spark, spec, progress).run();
  }
}
