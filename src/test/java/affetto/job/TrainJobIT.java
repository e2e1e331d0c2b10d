package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import affetto.augment.AddNoise;
import affetto.augment.Clean;
import affetto.baseline.BaselineSpec;
import affetto.corpus.EmotionScheme;
import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import affetto.store.Forgery;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On tones: angry ones are low, sad ones high, and every speaker has a pitch of their own. */
class TrainJobIT {
  private static final int EPOCHS = 6;

  /** Where it does not matter what is learnt. */
  private static final int FEW = 2;

  private static SparkSession spark;
  @TempDir static Path folder;
  private static TestCorpus cremad;

  @BeforeAll
  static void sweepTones() throws IOException {
    spark = Sessions.open("train", TestCorpus.LOCAL);
    cremad = new TestCorpus(folder.resolve("cremad"));
    List<String> sentences = List.of("DFA", "IEO", "IOM", "ITS");
    for (int speaker = 1; speaker <= 6; speaker++) {
      cremad.speaker(speaker, sentences);
    }
    sweep("warehouse");
    Path copy = cremad.folder().resolve("AudioWAV/1002_TIE_ANG_XX.wav");
    Files.copy(cremad.folder().resolve("AudioWAV/1001_DFA_ANG_XX.wav"), copy);
    sweep("with-a-copy");
    Files.delete(copy);
    // The same sound under other speakers' names.
    for (int speaker = 2; speaker <= 5; speaker++) {
      Files.copy(
          cremad.folder().resolve("AudioWAV/1001_DFA_ANG_XX.wav"),
          cremad.folder().resolve("AudioWAV/100%d_TIE_ANG_XX.wav".formatted(speaker)));
    }
    sweep("with-copies");
  }

  private static FoldsResult folds(
      TrainSpec spec, FoldsSpec folds, boolean resume, List<String> lines) {
    return TrainFoldsJob.run(spark, spec, folds, resume, lines::add);
  }

  /** One worker each, two trainings side by side in two slots; two of them were there before. */
  @Test
  void allFoldsAndSeedsSideBySideWhereNothingIsDoneTwice() throws IOException {
    TrainSpec spec = brief("warehouse", 1).named("folds");
    List<String> lines = new ArrayList<>();
    FoldsResult first = folds(spec, new FoldsSpec(List.of(3, 1), List.of(3L), 0), false, lines);
    assertThat(first.done()).extracting(FoldsResult.Done::fold).containsExactly(1, 3);
    assertThat(lines)
        .contains("2 trainings, 2 side by side")
        .anyMatch(line -> line.startsWith("fold 3: epoch 2/2: loss "));

    lines.clear();
    FoldsResult all = folds(spec, new FoldsSpec(List.of(), List.of(3L, 4L), 0), true, lines);
    assertThat(all.failed()).isEmpty();
    assertThat(all.done())
        .extracting(FoldsResult.Done::fold, FoldsResult.Done::seed)
        .containsExactly(
            tuple(1, 3L), tuple(1, 4L), tuple(2, 3L), tuple(2, 4L), tuple(3, 3L), tuple(3, 4L));
    assertThat(lines)
        .contains(
            "fold 1, seed 3: is published already, as " + first.done().get(0).model(),
            "fold 3, seed 3: is published already, as " + first.done().get(1).model());
    assertThat(all.done()).extracting(FoldsResult.Done::model).doesNotHaveDuplicates();
    for (FoldsResult.Done done : all.done()) {
      ModelManifest manifest = store().manifest(done.model());
      assertThat(manifest.split().fold()).isEqualTo(done.fold());
      assertThat(RecordedSettings.read(manifest.spec()).training().seed()).isEqualTo(done.seed());
      assertThat(manifest.scores()).isEqualTo(done.scores());
    }
    assertThat(store().list().stream().filter(m -> m.name().equals("folds"))).hasSize(6);

    // Other networks under the same settings, as an older version of ours might have made them;
    // and a model of somebody else, of which nothing can be read.
    Files.createDirectories(folder.resolve("store/broken/1"));
    Files.writeString(folder.resolve("store/broken/1/manifest.json"), "{");
    forge(first.done().get(0).model(), "\"labelSmoothing\" : 0.0", "\"labelSmoothing\" : 0.5");
    FoldsResult again = folds(spec, new FoldsSpec(List.of(1), List.of(3L), 0), true, lines);
    assertThat(again.done().get(0).model()).isEqualTo("folds:7");
    forge(again.done().get(0).model(), "\"layers\" : \"", "\"layers\" : \"00");
    again = folds(spec, new FoldsSpec(List.of(1), List.of(3L), 0), true, lines);
    assertThat(again.done().get(0).model()).isEqualTo("folds:8");
    Files.createDirectories(folder.resolve("store/folds/9"));
    Files.writeString(folder.resolve("store/folds/9/manifest.json"), "{");
    again = folds(spec, new FoldsSpec(List.of(1), List.of(3L), 0), true, lines);
    assertThat(again.done().get(0).model()).isEqualTo("folds:8");
    assertThat(lines).anyMatch(line -> line.endsWith("; it is passed over"));

    // As if it had been trained by itself, but for the number of threads.
    TrainResult alone = TrainJob.run(spark, spec.at(2, 4), Progress.SILENT);
    assertThat(alone.scores().keySet()).isEqualTo(all.done().get(3).scores().keySet());
    List<Double> losses = store().manifest(all.done().get(3).model()).training().losses();
    List<Double> ofOne = store().manifest(alone.model()).training().losses();
    assertThat(losses.get(0)).isCloseTo(ofOne.get(0), within(1e-4));
  }

  @Test
  void anotherBarMakesNoOtherModelAndOneThatIsMissedIsRefused() {
    FoldsSpec first = new FoldsSpec(List.of(1), List.of(3L), 0);
    List<String> lines = new ArrayList<>();
    folds(bar(0), first, false, lines);
    FoldsResult lower = folds(bar(0.01), first, true, lines);
    assertThat(lower.done()).extracting(FoldsResult.Done::model).containsExactly("bars:1");
    FoldsResult higher = folds(bar(1.01), first, true, lines);
    assertThat(higher.failed())
        .hasSize(1)
        .allMatch(failed -> failed.fault() instanceof RefusedException);

    // What was refused has left a checkpoint, which is none of another training's business.
    lines.clear();
    FoldsResult two = folds(brief("warehouse", 2).named("bars"), first, true, lines);
    assertThat(two.done()).extracting(FoldsResult.Done::model).containsExactly("bars:2");
    assertThat(lines)
        .anyMatch(line -> line.endsWith("is of another training: workers was 1, is 2"));
  }

  private static TrainSpec bar(double minUar) {
    SafetySpec safety = SafetySpec.DEFAULT.withMinUar(minUar);
    return spec("warehouse", "recipe-cnn", 1, true, FEW, safety).named("bars");
  }

  @Test
  void whatLearntFromFewerRowsIsNotDone() {
    FoldsSpec first = new FoldsSpec(List.of(1), List.of(3L), 0);
    TrainSpec spec = brief("more", 1).named("more");
    Path warehouse = folder.resolve("more");
    cremad.sweep(spark, warehouse, "recipe-162", List.of(new Clean()));
    folds(spec, first, false, new ArrayList<>());
    cremad.sweep(spark, warehouse, "recipe-162", List.of(new Clean(), new AddNoise(0.035)));
    FoldsResult result = folds(spec, first, true, new ArrayList<>());
    assertThat(result.done()).extracting(FoldsResult.Done::model).containsExactly("more:2");
  }

  private static void forge(String model, String text, String other) throws IOException {
    Path version = folder.resolve("store").resolve(model.replace(':', '/'));
    Forgery.replace(version.resolve("manifest.json"), text, other);
  }

  @Test
  void aFoldThatFailsTakesNoOtherWithIt() {
    // Two of these three folds have one recording under speakers of both sides.
    TrainSpec spec =
        spec("with-a-copy", "recipe-cnn", 2, false, FEW, SafetySpec.DEFAULT).named("copies");
    FoldsResult result =
        folds(spec, new FoldsSpec(List.of(), List.of(), 3), false, new ArrayList<>());
    assertThat(result.done()).hasSize(1);
    assertThat(result.failed())
        .hasSize(2)
        .allMatch(failed -> failed.fault() instanceof RefusedException);
    assertThat(result.report()).anyMatch(line -> line.startsWith("published 1 of 3"));
  }

  @Test
  void foldsThatCannotBeAreRefusedAtOnce() {
    TrainSpec spec = spec("warehouse", "recipe-cnn", 1, true);
    assertThatThrownBy(
            () -> folds(spec, new FoldsSpec(List.of(1, 4), List.of(), 0), false, List.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessage("folds are from 1 to 3 under protocol speaker, not 4");
  }

  private static void sweep(String warehouse) {
    cremad.sweep(spark, folder.resolve(warehouse), "recipe-162", List.of(new Clean()));
  }

  private static TrainSpec spec(String warehouse, String network, int workers, boolean drop) {
    return spec(warehouse, network, workers, drop, EPOCHS, SafetySpec.DEFAULT);
  }

  private static TrainSpec brief(String warehouse, int workers) {
    return spec(warehouse, "recipe-cnn", workers, true, FEW, SafetySpec.DEFAULT);
  }

  private static TrainSpec spec(
      String warehouse, String network, int workers, boolean drop, int epochs, SafetySpec safety) {
    return new TrainSpec(
        folder.resolve(warehouse).toString(),
        folder.resolve("store").toString(),
        "tones",
        "recipe-162",
        network,
        "speaker",
        3,
        1,
        "",
        EmotionScheme.COMMON_SIX,
        0.25,
        drop,
        true,
        new TrainingSpec(epochs, workers, 4, 2, 1e-3, 0.4, 2, 0, true, 3),
        BaselineSpec.NONE,
        safety);
  }

  @Test
  void learnsTonesOfSpeakersItNeverHeardAndPublishesWhereItComesFrom() {
    List<String> lines = new ArrayList<>();
    TrainResult result = TrainJob.run(spark, spec("warehouse", "recipe-cnn", 2, true), lines::add);
    assertThat(result.testUar()).isGreaterThan(0.8);
    assertThat(result.scores()).containsKeys("test", "test/cremad", "validation");
    assertThat(result.scores().get("test").chance()).isEqualTo(0.5);
    assertThat(result.rows()).containsEntry("test", 16L).containsEntry("dropped", 0L);
    assertThat(lines).anyMatch(line -> line.startsWith("epoch 6/6: loss "));
    assertThat(String.join("\n", result.report()))
        .contains("UAR", "speaker-independent", "published " + result.model());

    ModelManifest manifest = store().manifest(result.model());
    assertThat(manifest.scores()).isEqualTo(result.scores());
    assertThat(manifest.corpora()).extracting(ModelManifest.CorpusEntry::utterances).contains(48L);
    assertThat(manifest.split().sharedSpeakers()).isZero();
    assertThat(RecordedSettings.read(manifest.spec()))
        .isEqualTo(spec("warehouse", "recipe-cnn", 2, true));
    assertThat(manifest.training().waitingShare()).isBetween(1e-9, 0.9);
    assertThat(lines)
        .anyMatch(line -> line.contains(" rows/s (input ") && line.contains("averaging"));
    assertThat(manifest.training().backend()).isEqualTo("cpu (-onednn)");
    assertThat(lines).filteredOn(line -> line.startsWith("executor driver on ")).hasSize(1);
    assertThat(manifest.versions()).containsKeys("affetto", "spark", "deeplearning4j", "java");
    assertThat(store().open(result.model()).model().classes())
        .isEqualTo(EmotionScheme.COMMON_SIX.classes());

    TrainResult again =
        TrainJob.run(spark, spec("warehouse", "recipe-cnn", 2, true), Progress.SILENT);
    assertThat(again.model()).isNotEqualTo(result.model());
    assertThat(store().manifest(again.model()).files()).containsKey("network.zip");
    assertThat(store().manifest(again.model()).training().losses())
        .isEqualTo(manifest.training().losses());
    assertThat(again.scores()).isEqualTo(result.scores());
  }

  private static ModelStore store() {
    return new ModelStore(folder.resolve("store").toString(), new Configuration());
  }

  @Test
  void refusesARecordingOnBothSidesAndTrainsWithoutItsCopies() {
    assertThatThrownBy(
            () -> TrainJob.run(spark, spec("with-copies", "recipe-cnn", 1, false), Progress.SILENT))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("leak under protocol speaker");
    TrainResult result =
        TrainJob.run(spark, spec("with-copies", "recipe-cnn", 1, true), Progress.SILENT);
    assertThat(result.rows()).containsEntry("dropped", 4L);
  }

  @Test
  void whatDoesNotFitIsTheUsersMistake() {
    assertThatThrownBy(
            () ->
                TrainJob.run(
                    spark, spec("warehouse", "logmel-attention", 1, true), Progress.SILENT))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("logmel-attention");
    assertThatThrownBy(
            () -> TrainJob.run(spark, spec("warehouse", "recipe-cnn", 99, true), Progress.SILENT))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("training rows for 99 workers");
  }
}
