package affetto.job;

import affetto.evaluation.Role;
import affetto.fault.BadInputException;
import affetto.monitor.Step;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.store.StoredModel;
import org.apache.spark.sql.SparkSession;

/**
 * Measures a model on the rows that its own protocol and fold held out.
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
   * @throws BadInputException if there is no such model, or the warehouse lacks its features or any
   *     row to test it on
   * @throws affetto.fault.RefusedException if somebody stands on both sides of training and test
   *     against the protocol's promise
   */
  public static EvaluateResult run(SparkSession spark, EvaluateSpec spec, Progress progress) {
    long start = System.nanoTime();
    Step.within(spark.sparkContext(), "evaluate");
    Step.begin(spark.sparkContext(), "divide rows for " + spec.model());
    StoredModel model =
        new ModelStore(spec.store(), spark.sparkContext().hadoopConfiguration()).open(spec.model());
    ModelManifest manifest = model.manifest();
    ShippedModel.featureSet(manifest);
    Division division = Division.again(spark, manifest, spec.warehouse());
    long rows = division.census().rows(Role.TEST);
    if (rows == 0) {
      throw new BadInputException(
          "warehouse %s has no row to test model %s on under protocol %s, fold %d"
              .formatted(
                  spec.warehouse(),
                  manifest.reference(),
                  manifest.split().protocol(),
                  manifest.split().fold()));
    }
    progress.say(
        "evaluate %s: %d rows; %s"
            .formatted(manifest.reference(), rows, division.protocol().description()));
    Evaluation evaluation = new Evaluation(spark, spec.warehouse(), manifest, division);
    Step.begin(spark.sparkContext(), "predict %d rows by %s".formatted(rows, manifest.reference()));
    evaluation.predict(model);
    Step.begin(spark.sparkContext(), "measure " + manifest.reference());
    return evaluation.measure(start);
  }
}
