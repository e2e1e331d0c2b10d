package affetto.job;

import affetto.baseline.Baseline;
import affetto.evaluation.Role;
import affetto.fault.BadInputException;
import affetto.monitor.Step;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a network or a baseline on one fold's training rows and publishes it with all that it came
 * from.
 *
 * <p>In: {@link affetto.table.FeatureTable}. Out: a version in the {@link ModelStore}, and, until
 * it is published, a checkpoint after each epoch of a network beside it. Nothing is trained where
 * the protocol's promise is broken. The scaler and the class weights see training rows only; the
 * validation rows decide when training ends, the test rows at most whether the model is published.
 *
 * <pre>{@code
 * submit/affetto train --warehouse /data/warehouse --store /data/store \
 *     --feature-set recipe-162 --network recipe-cnn --protocol strict --fold 1
 * }</pre>
 */
public final class TrainJob {
  private final SparkSession spark;
  private final TrainSpec spec;
  private final Course course;
  private final Progress progress;
  private final ModelStore store;
  private final Division division;

  private TrainJob(SparkSession spark, TrainSpec spec, Course course, Progress progress) {
    this.spark = spark;
    this.spec = spec;
    this.course = course;
    this.progress = progress;
    this.store = new ModelStore(spec.store(), spark.sparkContext().hadoopConfiguration());
    this.division = Division.of(spark, spec);
  }

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
   *     against the protocol's promise, the checkpoints are another training's, the model is not
   *     good enough to be published, or settings of memory, threads or GPUs cannot work
   */
  public static TrainResult run(
      SparkSession spark, TrainSpec spec, boolean resume, Progress progress) {
    Step.within(spark.sparkContext(), "train " + spec.name());
    MachineCheck.run(spark, progress);
    return run(spark, spec, Course.alone(resume), progress);
  }

  /** The same, for one of several trainings, on machines that have been checked. */
  static TrainResult run(SparkSession spark, TrainSpec spec, Course course, Progress progress) {
    long start = System.nanoTime();
    if (course.resume()) {
      refuseToResume(spec);
    }
    Step.begin(spark.sparkContext(), "divide rows of " + spec.featureSet());
    return new TrainJob(spark, spec, course, progress).run(start);
  }

  private static void refuseToResume(TrainSpec spec) {
    if (Baseline.named(spec.network()).isPresent()) {
      throw new BadInputException(
          "--resume: %s is a baseline, trained in one go and without checkpoints; train it again"
                  .formatted(spec.network())
              + " without --resume");
    }
  }

  private TrainResult run(long start) {
    Map<String, Long> rows = division.census().rows();
    String promise = division.protocol().description();
    progress.say(
        "protocol %s: %s; here %s"
            .formatted(spec.protocol(), promise, division.leakage().sentence()));
    progress.say("rows: " + rows);
    Supplier<Trained> training = training();
    PublishGate gate = gate();
    Trained trained = training.get();
    ModelManifest published = before(trained).orElseGet(() -> publish(gate, trained));
    trained.remains().discard();
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

  /** Refuses what does not go together at once; trains when it is asked. */
  private Supplier<Trained> training() {
    return Baseline.named(spec.network())
        .<Supplier<Trained>>map(
            baseline -> new BaselineTraining(spark, spec, baseline, division, progress)::run)
        .orElseGet(() -> new Training(spark, spec, division, store, course, progress)::run);
  }

  private PublishGate gate() {
    return PublishGate.of(spark, spec, division, store, progress);
  }

  /** What was published already by a run that was killed before it had removed its checkpoints. */
  private Optional<ModelManifest> before(Trained trained) {
    Optional<ModelManifest> there =
        trained
            .remains()
            .lastSaved()
            .flatMap(saved -> Published.since(saved, store, spec, division, trained, progress));
    there.ifPresent(
        manifest -> progress.say("was published before it stopped, as " + manifest.reference()));
    return there;
  }

  private ModelManifest publish(PublishGate gate, Trained trained) {
    Step.begin(spark.sparkContext(), "score validation and test rows");
    Map<String, ModelManifest.Score> scores =
        new Scoring(spark, trained.model(), spec.scheme())
            .score(division.rows(Role.VALIDATION), division.rows(Role.TEST));
    String otherwise = trained.remains().afterRefusal();
    gate.pass(scores, otherwise);
    if (!gate.isOfToday(store)) {
      gate().pass(scores, otherwise);
    }
    ModelManifest manifest =
        trained.manifest(spark, spec, division, scores, Instant.now().toString());
    course.publishing().lock();
    try {
      return store.publish(spec.name(), trained.model(), manifest);
    } finally {
      course.publishing().unlock();
    }
  }
}
