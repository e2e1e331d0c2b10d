package affetto.config;

import affetto.baseline.Baseline;
import affetto.baseline.BaselineSpec;
import affetto.corpus.EmotionScheme;
import affetto.fault.BadInputException;
import affetto.feature.FeatureSets;
import affetto.feature.FrameOptions;
import affetto.job.CompactSpec;
import affetto.job.CorpusSource;
import affetto.job.DemoSpec;
import affetto.job.EvaluateSpec;
import affetto.job.IngestSpec;
import affetto.job.SafetySpec;
import affetto.job.ScoreSpec;
import affetto.job.SweepSizes;
import affetto.job.SweepSpec;
import affetto.job.SynthJobSpec;
import affetto.job.TrainSpec;
import affetto.job.VacuumSpec;
import affetto.model.Networks;
import affetto.train.EngineKind;
import affetto.train.Regimen;
import affetto.train.ScheduleKind;
import affetto.train.TrainingSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Settings as the jobs take them: every value of its type and in its range, or a {@link
 * BadInputException} that names the place, the key and the value.
 */
public final class Specs {

  private static final double SECONDS_A_MINUTE = 60;
  private static final double WATCHED_SHARE = 0.15;
  private static final int MANY = 100_000;
  private static final long LARGEST_FILE = 2000L << 20;

  private final Values values;

  Specs(Values values) {
    this.values = values;
  }

  /** Keys under {@code ingest}; each corpus may be given once. */
  public IngestSpec ingest(List<CorpusSource> sources, String warehouse) {
    Set<String> seen = new HashSet<>();
    for (CorpusSource source : sources) {
      if (!seen.add(source.corpus())) {
        throw new BadInputException(
            "--corpus %s=%s: %s is given twice"
                .formatted(source.corpus(), source.uri(), source.corpus()));
      }
    }
    return new IngestSpec(
        sources, warehouse, values.bytes("ingest.max-file-size", 1, LARGEST_FILE));
  }

  /**
   * Keys under {@code sweep}.
   *
   * @param sweep a file as {@link SweepFile} reads it
   */
  public SweepSpec sweep(String warehouse, Path sweep) {
    return new SweepSpec(
        warehouse, featureSet("sweep.feature-set"), SweepFile.read(sweep), seed(), sweepSizes());
  }

  private SweepSizes sweepSizes() {
    return new SweepSizes(
        values.bytes("sweep.file-size", 1 << 20, 4L << 30),
        SECONDS_A_MINUTE * values.real("sweep.round-minutes", 0.01, 1440));
  }

  /**
   * The file size under {@code sweep}.
   *
   * @param featureSet id; empty for all that the warehouse has
   */
  public CompactSpec compact(String warehouse, String featureSet) {
    return new CompactSpec(warehouse, featureSet, sweepSizes());
  }

  /**
   * Keys under {@code vacuum}, and the file size under {@code sweep}.
   *
   * @param featureSet id; empty for all that the warehouse has
   */
  public VacuumSpec vacuum(String warehouse, String featureSet) {
    return new VacuumSpec(
        warehouse, featureSet, values.real("vacuum.older-than", 0, 1e6), sweepSizes());
  }

  /** Keys under {@code train}. */
  public TrainSpec train(String warehouse, String store) {
    return new TrainSpec(
        warehouse,
        store,
        modelName(),
        featureSet("train.feature-set"),
        values.text("train.network"),
        values.text("train.protocol"),
        values.integer("train.folds", 2, 100),
        values.integer("train.fold", 1, 100),
        values.text("train.emobox-folds"),
        values.choice("train.scheme", Arrays.asList(EmotionScheme.values()), EmotionScheme::id),
        validationShare(),
        values.flag("train.drop-duplicates"),
        values.flag("train.drop-silent"),
        training(),
        baseline(),
        safety());
  }

  /** Speakers whom nothing watches are better learnt from. */
  private double validationShare() {
    if (!values.automatic("train.validation-share")) {
      return values.real("train.validation-share", 0, 0.5);
    }
    boolean watched =
        Baseline.named(values.text("train.network"))
            .map(baseline -> baseline.choices(baseline()).size() > 1)
            .orElseGet(() -> values.integer("train.early-stopping-patience", 0, MANY) > 0);
    return watched ? WATCHED_SHARE : 0;
  }

  /** A feature set's id, with the options under {@code frames} where the id leaves them open. */
  private String featureSet(String key) {
    FrameOptions options =
        new FrameOptions(
            values.real("frames.hop-ms", 1, 100),
            values.real("frames.window-ms", 1, 128),
            values.flag("frames.normalise"));
    return FeatureSets.withOptions(values.text(key), options);
  }

  private TrainingSpec training() {
    Regimen usual = Regimen.of(values.text("train.network"));
    return new TrainingSpec(
        values.automatic("train.epochs") ? usual.epochs() : values.integer("train.epochs", 1, MANY),
        values.integer("train.workers", 1, 10_000),
        values.automatic("train.batch-size")
            ? usual.batchSize()
            : values.integer("train.batch-size", 1, MANY),
        values.integer("train.averaging-frequency", 1, MANY),
        values.choice("train.averaging-engine", Arrays.asList(EngineKind.values()), EngineKind::id),
        values.automatic("train.learning-rate")
            ? usual.learningRate()
            : values.positive("train.learning-rate", 10),
        values.positive("train.plateau-factor", 1),
        values.integer("train.plateau-patience", 1, MANY),
        values.integer("train.early-stopping-patience", 0, MANY),
        values.automatic("train.class-weights")
            ? usual.classWeights()
            : values.flag("train.class-weights"),
        values.automatic("train.schedule")
            ? usual.schedule()
            : values.choice(
                "train.schedule", Arrays.asList(ScheduleKind.values()), ScheduleKind::id),
        values.automatic("train.perturbed") ? usual.perturbed() : perturbed(),
        seed());
  }

  /** What is done to neighbouring bands would make nonsense of scalars. */
  private boolean perturbed() {
    String network = values.text("train.network");
    boolean wanted = values.flag("train.perturbed");
    if (wanted && !Networks.takesFrames(network)) {
      throw values.wrong(
          "train.perturbed", "is for networks that take spectrograms, not for " + network);
    }
    return wanted;
  }

  private SafetySpec safety() {
    return new SafetySpec(
        values.automatic("train.clip-norm")
            ? Regimen.of(values.text("train.network")).clipNorm()
            : values.real("train.clip-norm", 0, 1e6),
        values.integer("train.checkpoint-every", 0, MANY),
        leastUar(),
        rival());
  }

  /** Given in percent, as the reports print it; kept as a share. */
  private double leastUar() {
    double percent = values.real("train.min-uar", 0, 100);
    if (percent > 0 && percent <= 1) {
      throw values.wrong(
          "train.min-uar",
          "looks like a share; it is given in percent, as the reports print it: 45 or 52.5");
    }
    return percent / 100;
  }

  private String rival() {
    String reference = values.text("train.must-beat");
    if (!reference.isEmpty() && !reference.matches("[A-Za-z0-9][A-Za-z0-9._-]*(:[1-9][0-9]*)?")) {
      throw values.wrong("train.must-beat", "is not NAME or NAME:VERSION");
    }
    return reference;
  }

  private BaselineSpec baseline() {
    return new BaselineSpec(
        values.reals("train.baseline.l2", 0, 1000),
        values.integer("train.baseline.iterations", 1, MANY),
        values.integer("train.baseline.trees", 1, 10_000),
        values.integer("train.baseline.depth", 1, 30));
  }

  private String modelName() {
    String name = values.text("train.name");
    if (name.isEmpty()) {
      return values.text("train.network");
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw values.wrong("train.name", "is not made of letters, digits, dot, dash and underscore");
    }
    return name;
  }

  /** No keys: a model knows how it wants to be evaluated. */
  public EvaluateSpec evaluate(String warehouse, String store, List<String> models) {
    return new EvaluateSpec(warehouse, store, models);
  }

  /** Keys under the group of scoring. */
  public ScoreSpec score(String store, List<String> models, String input, String out) {
    return new ScoreSpec(
        store, models, input, out, values.bytes("score.max-file-size", 1, LARGEST_FILE));
  }

  /** Keys under {@code demo}, of which the size of the corpora. */
  public SynthJobSpec synth(String out) {
    return new SynthJobSpec(
        out, values.integer("demo.speakers", 1, 91), values.integer("demo.clips", 1, 280), seed());
  }

  /** Keys under {@code demo}. */
  public DemoSpec demo(String workspace) {
    return new DemoSpec(
        workspace,
        values.integer("demo.speakers", 2, 91),
        values.integer("demo.clips", 8, 280),
        values.integer("demo.epochs", 1, 1000),
        values.integer("demo.workers", 2, 100),
        seed());
  }

  private long seed() {
    return values.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
