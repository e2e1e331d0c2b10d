package affetto.job;

import affetto.baseline.Baseline;
import affetto.evaluation.Role;
import affetto.fault.BadInputException;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a network or a baseline on one fold's training rows and publishes it with all that it came
 * from.
 *
 * <p>In: {@link affetto.table.FeatureTable}. Out: a version in the {@link ModelStore}. Nothing is
 * trained where the protocol's promise is broken. The scaler and the class weights see training
 * rows only; the validation rows decide when training ends, the test rows nothing.
 *
 * <pre>{@code
 * submit/affetto train --warehouse /data/warehouse --store /data/store \
 *     --feature-set recipe-162 --network recipe-cnn --protocol strict --fold 1
 * }</pre>
 */
public final class TrainJob {

  private TrainJob() {}

  /**
   * Runs it.
   *
   * @throws BadInputException if the warehouse lacks the features, a name is unknown, or a side has
   *     too few rows
   * @throws affetto.fault.RefusedException if somebody stands on both sides of training and test
   *     against the protocol's promise, or if settings of memory, threads or GPUs cannot work
   */
  public static TrainResult run(SparkSession spark, TrainSpec spec, Progress progress) {
    long start = System.nanoTime();
    MachineCheck.run(spark, progress);
    ModelStore store = new ModelStore(spec.store(), spark.sparkContext().hadoopConfiguration());
    Division division = Division.of(spark, spec);
    Map<String, Long> rows = division.census().rows();
    String promise = division.protocol().description();
    progress.say(
        "protocol %s: %s; here %s"
            .formatted(spec.protocol(), promise, division.leakage().sentence()));
    progress.say("rows: " + rows);
    Trained trained = train(spark, spec, division, progress);
    Map<String, ModelManifest.Score> scores =
        new Scoring(spark, trained.model(), spec.scheme())
            .score(division.rows(Role.VALIDATION), division.rows(Role.TEST));
    ModelManifest manifest =
        trained.manifest(spark, spec, division, scores, Instant.now().toString());
    ModelManifest published = store.publish(spec.name(), trained.model(), manifest);
    return new TrainResult(
        published.reference(),
        promise,
        division.leakage().sentence(),
        rows,
        published.scores(),
        trained.training().epochs(),
        trained.training().bestEpoch(),
        trained.training().rowsPerSecond(),
        (System.nanoTime() - start) / 1e9);
  }

  private static Trained train(
      SparkSession spark, TrainSpec spec, Division division, Progress progress) {
    return Baseline.named(spec.network())
        .map(baseline -> new BaselineTraining(spark, spec, baseline, division, progress).run())
        .orElseGet(() -> new Training(spec, division, progress).run());
  }
}
