package affetto.job;

import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.evaluation.Role;
import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import affetto.model.Backend;
import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import affetto.model.NetworkSpec;
import affetto.model.Networks;
import affetto.model.TrainedModel;
import affetto.store.ModelManifest;
import affetto.table.FeatureRow;
import affetto.train.DivergedException;
import affetto.train.EpochReport;
import affetto.train.Example;
import affetto.train.ParameterAveragingTrainer;
import affetto.train.Survey;
import affetto.train.TrainingOutcome;
import affetto.train.TrainingWatch;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import scala.Tuple3;

/** The steps of {@link TrainJob}, in their order: prepare, train, model, manifest. */
final class Training {
  private final SparkSession spark;
  private final TrainSpec spec;
  private final Division division;
  private final Progress progress;
  private NetworkSpec network;
  private FeatureScaler scaler;
  private RunIdentity identity;
  private double seconds;
  private List<String> resumptions = List.of();

  /** Refuses names that do not go together before any row is read. */
  Training(SparkSession spark, TrainSpec spec, Division division, Progress progress) {
    this.spark = spark;
    this.spec = spec;
    this.division = division;
    this.progress = progress;
    this.network =
        Networks.named(
                spec.network(),
                division.featureSet(),
                spec.scheme().classes().size(),
                spec.training().learningRate(),
                spec.training().seed())
            .withClipNorm(spec.safety().clipNorm());
  }

  /** Fits the scaler and the class weights, on training rows only. */
  void prepare() {
    long rows = division.census().rows(Role.TRAIN);
    if (rows < spec.training().workers()) {
      throw new BadInputException(
          "%d training rows for %d workers under protocol %s, fold %d: too few"
              .formatted(rows, spec.training().workers(), spec.protocol(), spec.fold()));
    }
    EmotionScheme scheme = spec.scheme();
    InputSpec input = network.input();
    Survey survey =
        division
            .rows(Role.TRAIN)
            .aggregate(
                new Survey(scheme.classes().size(), input.bands()),
                (seen, row) -> seen.add(label(scheme, row), row.features(), input),
                Survey::merge);
    scaler = survey.scaler();
    if (spec.training().classWeights()) {
      network = network.withClassWeights(survey.classWeights());
    }
    identity = RunIdentity.of(spec, network, division, scaler, survey.classWeights());
  }

  private static int label(EmotionScheme scheme, FeatureRow row) {
    return scheme.classOf(row.emotion()).orElseThrow();
  }

  /** Which training this is; known once it is prepared. */
  RunIdentity identity() {
    return identity;
  }

  /**
   * Trains, or goes on training.
   *
   * @throws BadInputException if training runs away; the message says where the last good state is
   */
  TrainingOutcome train(Checkpointing checkpoints) {
    List<Example> validation = collect(examples(Role.VALIDATION));
    try {
      TrainingOutcome outcome =
          new ParameterAveragingTrainer(examples(Role.TRAIN), validation)
              .train(network, spec.training(), checkpoints, watch());
      seconds = checkpoints.seconds();
      resumptions = checkpoints.resumptions();
      return outcome;
    } catch (DivergedException e) {
      throw new BadInputException(e.getMessage() + "; " + checkpoints.afterRunaway(e), e);
    }
  }

  private JavaRDD<Example> examples(Role role) {
    EmotionScheme scheme = spec.scheme();
    InputSpec input = network.input();
    FeatureScaler fitted = scaler;
    return division
        .rows(role)
        .map(
            row ->
                Example.of(
                    row, label(scheme, row), scheme.possible(row.key().corpus()), input, fitted));
  }

  /** In an order of their own; as tuples on the way, because Kryo cannot read records. */
  private static List<Example> collect(JavaRDD<Example> examples) {
    return examples
        .map(example -> new Tuple3<>(example.clip(), example.target(), example.values()))
        .collect()
        .stream()
        .map(row -> new Example(row._1(), row._2(), row._3()))
        .sorted(Comparator.comparing(Example::clip))
        .toList();
  }

  private TrainingWatch watch() {
    return new TrainingWatch() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void epoch(EpochReport report) {
        progress.say(report.line());
      }

      @Override
      public void note(String line) {
        progress.say(line);
      }
    };
  }

  TrainedModel model(TrainingOutcome outcome) {
    FeatureSet features = division.featureSet();
    return new TrainedModel(
        outcome.network(), scaler, spec.scheme().classes(), features.id(), features.version());
  }

  /**
   * Where the model comes from.
   *
   * @param createdAt ISO 8601, UTC
   */
  ModelManifest manifest(
      TrainingOutcome outcome, Map<String, ModelManifest.Score> scores, String createdAt) {
    FeatureSet features = division.featureSet();
    BuildFacts build = new BuildFacts();
    return new ModelManifest(
        spec.name(),
        0,
        createdAt,
        spec.scheme().classes().stream().map(Emotion::label).toList(),
        spec.scheme().id(),
        new ModelManifest.FeatureSetEntry(features.id(), features.version(), features.definition()),
        network,
        RecordedSettings.of(spec),
        division.census().corpora(),
        division.splitEntry(),
        division.census().rows(),
        scores,
        new ModelManifest.TrainingEntry(
            "parameter-averaging",
            Backend.name(),
            spec.training().workers(),
            outcome.epochs().size(),
            outcome.bestEpoch(),
            outcome.epochs().stream().map(EpochReport::loss).toList(),
            outcome.rowsPerSecond(),
            seconds,
            resumptions),
        build.versions(spark),
        build.revision(),
        Map.of());
  }
}
