package affetto.train;

import affetto.model.ClassWeights;
import java.io.Serializable;

/**
 * How to train.
 *
 * @param epochs at most so many passes over the training rows
 * @param workers executors' tasks that train side by side, at least 1
 * @param batchSize rows a worker takes at a time
 * @param averagingFrequency minibatches between two averagings
 * @param averagingEngine what averages; Deeplearning4j's in settings recorded before there were two
 * @param learningRate Adam's initial step
 * @param plateauFactor the learning rate is multiplied with it when the training loss stalls; 1 for
 *     never
 * @param plateauPatience epochs without a better training loss that count as stalled
 * @param earlyStoppingPatience epochs without a better validation UAR after which training ends; 0
 *     for never
 * @param classWeights whether the rare classes of a corpus weigh more in the loss (inverse
 *     frequency among its rows, mean 1)
 * @param schedule how the learning rate changes
 * @param perturbed whether each epoch sees every row a little changed, as {@link Perturbation} does
 * @param seed of the weights, the order of the rows, dropout and perturbation
 */
public record TrainingSpec(
    int epochs,
    int workers,
    int batchSize,
    int averagingFrequency,
    EngineKind averagingEngine,
    double learningRate,
    double plateauFactor,
    int plateauPatience,
    int earlyStoppingPatience,
    boolean classWeights,
    ScheduleKind schedule,
    boolean perturbed,
    long seed)
    implements Serializable {

  /**
   * Of what is drawn to perturb rows: another whenever the same seed comes to give other rows, for
   * states of before do not go on with these.
   */
  public static final int PERTURBATION_VERSION = 2;

  public TrainingSpec {
    averagingEngine = averagingEngine == null ? EngineKind.DL4J : averagingEngine;
  }

  /** As the popular recipe trains: by plateaus, every row as it is. */
  public TrainingSpec(
      int epochs,
      int workers,
      int batchSize,
      int averagingFrequency,
      double learningRate,
      double plateauFactor,
      int plateauPatience,
      int earlyStoppingPatience,
      boolean classWeights,
      long seed) {
    this(
        epochs,
        workers,
        batchSize,
        averagingFrequency,
        EngineKind.RESIDENT,
        learningRate,
        plateauFactor,
        plateauPatience,
        earlyStoppingPatience,
        classWeights,
        ScheduleKind.PLATEAU,
        false,
        seed);
  }

  /** The same, averaged by another engine. */
  public TrainingSpec by(EngineKind engine) {
    return with(engine, seed);
  }

  /** The same from another seed. */
  public TrainingSpec from(long otherSeed) {
    return with(averagingEngine, otherSeed);
  }

  private TrainingSpec with(EngineKind engine, long otherSeed) {
    return new TrainingSpec(
        epochs,
        workers,
        batchSize,
        averagingFrequency,
        engine,
        learningRate,
        plateauFactor,
        plateauPatience,
        earlyStoppingPatience,
        classWeights,
        schedule,
        perturbed,
        otherSeed);
  }

  /** What training rows count for: by their classes, or all the same. */
  public ClassWeights weights(Survey survey) {
    return classWeights ? survey.classWeights() : ClassWeights.EQUAL;
  }

  /** A schedule at its beginning. */
  Schedule newSchedule() {
    return switch (schedule) {
      case PLATEAU -> new Plateau(learningRate, plateauFactor, plateauPatience);
      case ONE_CYCLE -> new OneCycle(learningRate, epochs);
    };
  }
}
