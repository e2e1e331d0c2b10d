package affetto.job;

import affetto.baseline.Baseline;
import affetto.baseline.BaselineOutcome;
import affetto.baseline.BaselineSpec;
import affetto.baseline.BaselineTrainer;
import affetto.evaluation.Role;
import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import affetto.model.ClassWeights;
import affetto.model.FeatureScaler;
import affetto.model.NetworkSpec;
import affetto.model.TrainedModel;
import affetto.store.ModelManifest;
import affetto.train.Survey;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/** Trains a baseline on the rows, and with the scaler and the weights, that a network would get. */
final class BaselineTraining {
  private static final String BACKEND = "spark-mllib";

  private final SparkSession spark;
  private final TrainSpec spec;
  private final Baseline baseline;
  private final Division division;
  private final Progress progress;
  private final NetworkSpec network;
  private final List<BaselineSpec> choices;
  private long passes;

  /** Refuses what does not go together before any row is read. */
  BaselineTraining(
      SparkSession spark, TrainSpec spec, Baseline baseline, Division division, Progress progress) {
    this.spark = spark;
    this.spec = spec;
    this.baseline = baseline;
    this.division = division;
    this.progress = progress;
    this.network = network(baseline, spec, division);
    this.choices = baseline.choices(spec.baseline());
    if (division.census().rows(Role.TRAIN) == 0) {
      throw new BadInputException(
          "no training rows under protocol %s, fold %d".formatted(spec.protocol(), spec.fold()));
    }
    if (choices.size() > 1 && division.census().rows(Role.VALIDATION) == 0) {
      throw new BadInputException(
          "several values of train.baseline.l2 need validation rows to choose by, and there are"
              + " none: give one value, or raise train.validation-share");
    }
  }

  /** What such a training trains. */
  static NetworkSpec network(Baseline baseline, TrainSpec spec, Division division) {
    return baseline.network(
        division.featureSet(), spec.scheme().classes().size(), spec.training().seed());
  }

  Trained run() {
    Survey survey = TrainingSurvey.of(division, spec.scheme(), network.input());
    ClassWeights weights = spec.training().weights(survey);
    BaselineTrainer trainer =
        new BaselineTrainer(
            spark,
            baseline,
            network,
            division.rows(Role.TRAIN),
            survey.rows(),
            spec.scheme(),
            survey.scaler(),
            weights);
    long begun = System.nanoTime();
    BaselineOutcome outcome = best(trainer, survey.scaler());
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Trained(
        model(outcome, survey.scaler()),
        network,
        entry(outcome, survey.rows(), weights, seconds),
        Remains.NONE);
  }

  /** The outcome with the highest UAR on the validation rows, the first of equals. */
  private BaselineOutcome best(BaselineTrainer trainer, FeatureScaler scaler) {
    BaselineOutcome best = null;
    double bestUar = -1;
    for (BaselineSpec choice : choices) {
      BaselineOutcome outcome = trainer.train(choice);
      passes += Math.max(1, outcome.iterations());
      if (choices.size() == 1) {
        progress.say(outcome.line());
        return outcome;
      }
      double uar =
          new Scoring(spark, model(outcome, scaler), spec.scheme())
              .uar(division.rows(Role.VALIDATION));
      progress.say(
          String.format(Locale.ROOT, "%s; validation UAR %.1f %%", outcome.line(), 100 * uar));
      if (uar > bestUar) {
        best = outcome;
        bestUar = uar;
      }
    }
    return best;
  }

  private TrainedModel model(BaselineOutcome outcome, FeatureScaler scaler) {
    FeatureSet features = division.featureSet();
    return new TrainedModel(
        outcome.classifier(), scaler, spec.scheme().classes(), features.id(), features.version());
  }

  private ModelManifest.TrainingEntry entry(
      BaselineOutcome outcome, long rows, ClassWeights weights, double seconds) {
    return new ModelManifest.TrainingEntry(
        outcome.trainer(),
        BACKEND,
        outcome.partitions(),
        outcome.iterations(),
        outcome.iterations(),
        weights,
        outcome.losses(),
        rows * passes / seconds,
        0,
        seconds,
        List.of());
  }
}
