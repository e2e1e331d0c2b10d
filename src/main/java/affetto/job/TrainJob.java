package affetto.job;

import affetto.evaluation.Role;
import affetto.fault.BadInputException;
import affetto.model.TrainedModel;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.train.TrainingOutcome;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a network on one fold's training rows and publishes it with all that it came from.
 *
 * <p>In: {@link affetto.table.FeatureTable}. Out: a version in the {@link ModelStore}, and, until
 * it is published, a checkpoint after each epoch beside it. Nothing is trained where the protocol's
 * promise is broken. The scaler and the class weights see training rows only; the validation rows
 * decide when training ends, the test rows at most whether the model is published.
 *
 * <pre>{@code
 * submit/affetto train --warehouse /data/warehouse --store /data/store \
 *     --feature-set recipe-162 --network recipe-cnn --protocol strict --fold 1
 * }</pre>
 */
public final class TrainJob {

  private TrainJob() {}

  /** {@link #run(SparkSession, TrainSpec, boolean, Progress)} from the beginning. */
  public static TrainResult run(SparkSession spark, TrainSpec spec, Progress progress) {
    return run(spark, spec, false, progress);
  }

  /**
   * Runs it.
   *
   * @param resume whether to go on from the last checkpoint of this very training, if there is one
   * @throws BadInputException if the warehouse lacks the features, a name is unknown, a side has
   *     too few rows, or training runs away
   * @throws affetto.fault.RefusedException if somebody stands on both sides of training and test
   *     against the protocol's promise, the checkpoints are another training's, or the model is not
   *     good enough to be published
   */
  public static TrainResult run(
      SparkSession spark, TrainSpec spec, boolean resume, Progress progress) {
    long start = System.nanoTime();
    ModelStore store = new ModelStore(spec.store(), spark.sparkContext().hadoopConfiguration());
    Division division = Division.of(spark, spec);
    Map<String, Long> rows = division.census().rows();
    String promise = division.protocol().description();
    progress.say(
        "protocol %s: %s; here %s"
            .formatted(spec.protocol(), promise, division.leakage().sentence()));
    progress.say("rows: " + rows);
    Training training = new Training(spark, spec, division, progress);
    PublishGate gate = PublishGate.of(spark, spec, division, store, progress);
    training.prepare();
    Checkpointing checkpoints =
        new Checkpointing(
            store.checkpoints(spec.name()), training.identity(), spec, resume, progress);
    TrainingOutcome outcome = training.train(checkpoints);
    TrainedModel model = training.model(outcome);
    Map<String, ModelManifest.Score> scores =
        new Scoring(spark, model, spec.scheme())
            .score(division.rows(Role.VALIDATION), division.rows(Role.TEST));
    gate.pass(scores, checkpoints.afterRefusal());
    ModelManifest manifest = training.manifest(outcome, scores, Instant.now().toString());
    ModelManifest published = store.publish(spec.name(), model, manifest);
    checkpoints.discard();
    return new TrainResult(
        published.reference(),
        promise,
        division.leakage().sentence(),
        rows,
        published.scores(),
        outcome.epochs().size(),
        outcome.bestEpoch(),
        outcome.rowsPerSecond(),
        (System.nanoTime() - start) / 1e9);
  }
}
