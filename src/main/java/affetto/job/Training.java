package affetto.job;

import affetto.baseline.Baseline;
import affetto.corpus.EmotionScheme;
import affetto.evaluation.Role;
import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import affetto.model.ClassWeights;
import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import affetto.model.NetworkSpec;
import affetto.model.Networks;
import affetto.model.TrainedModel;
import affetto.monitor.Meters;
import affetto.monitor.Step;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
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
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import scala.Tuple3;

/** Trains a network. */
final class Training {
  private final SparkContext spark;
  private final Meters meters;
  private final TrainSpec spec;
  private final Division division;
  private final ModelStore store;
  private final Course course;
  private final Progress progress;
  private NetworkSpec network;
  private FeatureScaler scaler;
  private ClassWeights weights;
  private RunIdentity identity;

  /**
   * Refuses names that do not go together before any row is read.
   *
   * @param store where checkpoints go
   * @param course whether to go on from the last of them, and who trains beside
   */
  Training(
      SparkSession session,
      TrainSpec spec,
      Division division,
      ModelStore store,
      Course course,
      Progress progress) {
    this.spark = session.sparkContext();
    this.meters = Meters.of(spark);
    this.spec = spec;
    this.division = division;
    this.store = store;
    this.course = course;
    this.progress = progress;
    refuseUnknown(spec.network());
    this.network = network(spec, division);
  }

  /** What such a training trains. */
  static NetworkSpec network(TrainSpec spec, Division division) {
    return Networks.named(
            spec.network(),
            division.featureSet(),
            spec.scheme().classes().size(),
            spec.training().learningRate(),
            spec.training().seed())
        .withClipNorm(spec.safety().clipNorm());
  }

  private static void refuseUnknown(String id) {
    List<String> ids = Stream.of(Networks.ids(), Baseline.ids()).flatMap(List::stream).toList();
    if (!ids.contains(id)) {
      throw new BadInputException(
          "no network is called '%s'; there are %s".formatted(id, String.join(", ", ids)));
    }
  }

  /**
   * Trains, or goes on training.
   *
   * @throws BadInputException if training runs away; the message says where the last good state is
   */
  Trained run() {
    prepare();
    Checkpointing checkpoints =
        new Checkpointing(store.checkpoints(spec.name()), identity, spec, course, progress);
    return trained(train(checkpoints), checkpoints);
  }

  /** Fits the scaler and the class weights, on training rows only. */
  private void prepare() {
    long rows = division.census().rows(Role.TRAIN);
    if (rows < spec.training().workers()) {
      throw new BadInputException(
          "%d training rows for %d workers under protocol %s, fold %d: too few"
              .formatted(rows, spec.training().workers(), spec.protocol(), spec.fold()));
    }
    Step.begin(spark, "fit the scaler on %d rows".formatted(rows));
    Survey survey = TrainingSurvey.of(division, spec.scheme(), network.input());
    scaler = survey.scaler();
    weights = spec.training().weights(survey);
    identity = RunIdentity.of(spec, network, division, scaler, survey.classWeights());
  }

  private TrainingOutcome train(Checkpointing checkpoints) {
    Step.begin(spark, "collect validation rows");
    List<Example> validation = collect(examples(Role.VALIDATION));
    Step.begin(spark, "deal rows to %d workers".formatted(spec.training().workers()));
    try {
      return new ParameterAveragingTrainer(examples(Role.TRAIN), validation, course.lane())
          .train(network, spec.training(), checkpoints, watch());
    } catch (DivergedException e) {
      throw new BadInputException(e.getMessage() + "; " + checkpoints.afterRunaway(e), e);
    }
  }

  private JavaRDD<Example> examples(Role role) {
    EmotionScheme scheme = spec.scheme();
    InputSpec input = network.input();
    FeatureScaler fitted = scaler;
    ClassWeights balance = weights;
    return division.rows(role).map(row -> example(row, scheme, input, fitted, balance));
  }

  private static Example example(
      FeatureRow row,
      EmotionScheme scheme,
      InputSpec input,
      FeatureScaler scaler,
      ClassWeights weights) {
    String corpus = row.corpus();
    int label = TrainingSurvey.label(scheme, row);
    return Example.of(
        row, label, scheme.possible(corpus), weights.of(corpus, label), input, scaler);
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
    return TrainingWatch.telling(
        System::nanoTime,
        report -> {
          meters.waited(report.waitingShare());
          progress.say(report.line());
        },
        progress::say);
  }

  private Trained trained(TrainingOutcome outcome, Checkpointing checkpoints) {
    FeatureSet features = division.featureSet();
    return new Trained(
        new TrainedModel(
            outcome.network(), scaler, spec.scheme().classes(), features.id(), features.version()),
        network,
        new ModelManifest.TrainingEntry(
            "parameter-averaging",
            outcome.backend(),
            spec.training().workers(),
            outcome.epochs().size(),
            outcome.bestEpoch(),
            weights,
            outcome.epochs().stream().map(EpochReport::loss).toList(),
            outcome.rowsPerSecond(),
            outcome.waitingShare(),
            checkpoints.seconds(),
            checkpoints.resumptions()),
        checkpoints);
  }
}
