package affetto.job;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Chain;
import affetto.augment.Clean;
import affetto.augment.PitchShift;
import affetto.augment.TimeStretch;
import affetto.baseline.BaselineSpec;
import affetto.corpus.Corpus;
import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.fault.BadInputException;
import affetto.train.TrainingSpec;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the demonstration asks of each job, and where in its workspace everything lies. */
final class DemoPlan {

  private static final List<Augmentation> RECIPE =
      List.of(
          new Clean(),
          new AddNoise(0.035),
          new Chain(List.of(new TimeStretch(0.8), new PitchShift(0.7))));

  /** What two cores learn in a minute; see the networks of {@code affetto train --help}. */
  private static final String FEATURES = "recipe-162";

  private static final String NETWORK = "recipe-cnn";
  private static final long LARGEST_FILE = 64L << 20;

  private final DemoSpec spec;
  private final Path workspace;

  DemoPlan(DemoSpec spec) {
    this.spec = spec;
    this.workspace = Path.of(spec.workspace()).toAbsolutePath().normalize();
  }

  private String at(String name) {
    return workspace.resolve(name).toString();
  }

  SynthJobSpec corpora() {
    return new SynthJobSpec(at("corpora"), spec.speakers(), spec.clips(), spec.seed());
  }

  /** Another seed gives other voices: speakers whom no corpus of the demonstration has. */
  SynthJobSpec strangers() {
    return new SynthJobSpec(at("strangers"), 1, 8, spec.seed() + 1);
  }

  IngestSpec ingest() {
    List<CorpusSource> sources =
        Corpus.all().stream()
            .map(corpus -> new CorpusSource(corpus.id(), at("corpora/" + corpus.id())))
            .toList();
    return new IngestSpec(sources, at("warehouse"), LARGEST_FILE);
  }

  SweepSpec sweep() {
    return new SweepSpec(at("warehouse"), FEATURES, RECIPE, spec.seed());
  }

  TrainSpec train() {
    return new TrainSpec(
        at("warehouse"),
        at("store"),
        "demo",
        FEATURES,
        NETWORK,
        "strict",
        5,
        1,
        "",
        EmotionScheme.COMMON_SIX,
        0,
        true,
        true,
        // Averaged often, for a few short epochs learn more so; it takes two fifths of their time.
        new TrainingSpec(spec.epochs(), spec.workers(), 32, 2, 1e-3, 1, 1, 0, true, spec.seed()),
        BaselineSpec.NONE,
        SafetySpec.DEFAULT);
  }

  EvaluateSpec evaluate(String model) {
    return new EvaluateSpec(at("warehouse"), at("store"), model);
  }

  /** A recording that no training saw: an angry sentence of a stranger. */
  ScoreSpec score(String model) {
    return new ScoreSpec(at("store"), model, stranger(), at("scores"), LARGEST_FILE);
  }

  /** Where the stranger's recording lies. */
  String stranger() {
    Path folder = workspace.resolve("strangers/cremad/AudioWAV");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::toString)
          .filter(file -> file.contains("_ANG_"))
          .sorted()
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("nobody is angry in " + folder));
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** Writes {@code demo.json}, and says the same as a result. */
  DemoResult write(
      IngestResult ingested,
      SweepResult swept,
      EvaluateResult evaluated,
      ScoreResult scored,
      Map<String, Double> seconds) {
    Map<String, String> places = new LinkedHashMap<>();
    for (String name : List.of("corpora", "warehouse", "store", "strangers", "scores")) {
      places.put(name, at(name));
    }
    places.put("summary", at("demo.json"));
    DemoResult result =
        new DemoResult(
            evaluated.overall().uar(),
            evaluated.overall().chance(),
            ingested.clips(),
            swept.fresh() + swept.kept(),
            spec.workers(),
            evaluated.description(),
            evaluated.model(),
            Emotion.ANGRY.label(),
            scored.first().get(0).emotion(),
            seconds,
            places);
    try {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(workspace.resolve("demo.json").toFile(), result);
      return result;
    } catch (IOException e) {
      throw new BadInputException(
          "%s: cannot be written: %s".formatted(at("demo.json"), e.getMessage()), e);
    }
  }
}
