package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Clean;
import affetto.baseline.BaselineSpec;
import affetto.corpus.EmotionScheme;
import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.train.EngineKind;
import affetto.train.ScheduleKind;
import affetto.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going on, running away and the gate to the store, on tones. */
class SafeTrainJobIT {

  private static final List<String> SENTENCES = List.of("DFA", "IEO", "IOM");

  /** Far too large: with it, training runs away. */
  private static final double WILD = 5;

  private static SparkSession spark;
  @TempDir static Path folder;
  private static TestCorpus cremad;

  private final List<String> lines = new ArrayList<>();
  private Path store;

  @BeforeAll
  static void sweepTones() throws IOException {
    spark = Sessions.open("safe", TestCorpus.LOCAL);
    cremad = new TestCorpus(folder.resolve("cremad"));
    for (int speaker = 1; speaker <= 6; speaker++) {
      for (int sentence = 0; sentence < SENTENCES.size(); sentence++) {
        double own = 7 * speaker + 3 * sentence;
        String name = "AudioWAV/100%d_%s_%%s_XX.wav".formatted(speaker, SENTENCES.get(sentence));
        cremad.tone(name.formatted("ANG"), 300 + own, 0.9);
        cremad.tone(name.formatted("SAD"), 900 + own, 0.9);
      }
    }
    sweep("warehouse", List.of(new Clean()));
    sweep("more", List.of(new Clean(), new AddNoise(0.035)));
  }

  private static void sweep(String warehouse, List<Augmentation> augmentations) {
    String root = folder.resolve(warehouse).toString();
    CorpusSource source = new CorpusSource("cremad", cremad.folder().toString());
    IngestJob.run(spark, new IngestSpec(List.of(source), root, 1 << 20), Progress.SILENT);
    SweepJob.run(spark, new SweepSpec(root, "recipe-162", augmentations, 7), Progress.SILENT);
  }

  @BeforeEach
  void anEmptyStore() throws IOException {
    store = Files.createTempDirectory(folder, "store");
  }

  private TrainSpec spec(String warehouse, int fold, TrainingSpec training, SafetySpec safety) {
    return new TrainSpec(
        folder.resolve(warehouse).toString(),
        store.toString(),
        "tones",
        "recipe-162",
        "recipe-cnn",
        "speaker",
        3,
        fold,
        "",
        EmotionScheme.COMMON_SIX,
        0.25,
        true,
        true,
        training,
        BaselineSpec.NONE,
        safety);
  }

  private static TrainingSpec training(int epochs, int batchSize, double learningRate) {
    return new TrainingSpec(epochs, 1, batchSize, 2, learningRate, 0.4, 2, 0, true, 3);
  }

  private TrainSpec plain(int epochs) {
    return spec("warehouse", 1, training(epochs, 4, 1e-3), SafetySpec.DEFAULT);
  }

  private TrainSpec guarded(SafetySpec safety) {
    return spec("warehouse", 1, training(2, 4, 1e-3), safety);
  }

  private TrainResult run(TrainSpec spec) {
    return TrainJob.run(spark, spec, lines::add);
  }

  private TrainResult resume(TrainSpec spec) {
    return TrainJob.run(spark, spec, true, lines::add);
  }

  /** Leaves a checkpoint after the second epoch behind. */
  private void stopUnpublished() {
    assertThatThrownBy(() -> run(guarded(SafetySpec.DEFAULT.withMinUar(1.01))))
        .isInstanceOf(RefusedException.class);
    lines.clear();
  }

  private ModelManifest manifest(String reference) {
    return new ModelStore(store.toString(), new Configuration()).manifest(reference);
  }

  private List<Path> checkpoints() throws IOException {
    Path root = store.resolve("tones/_checkpoints");
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> runs = Files.list(root)) {
      return runs.sorted().toList();
    }
  }

  @Test
  void aModelBelowTheBarIsKeptButNotPublished() throws IOException {
    assertThatThrownBy(() -> run(guarded(SafetySpec.DEFAULT.withMinUar(1.01))))
        .isInstanceOf(RefusedException.class)
        .hasMessageMatching(
            "nothing is published: UAR [0-9.]+ % on 12 test rows is [0-9.]+ points below min-uar ="
                + " 101.0 %; its last state is kept in .*speaker-1_seed-3_[0-9a-f]{8}: .*");
    assertThat(new ModelStore(store.toString(), new Configuration()).list()).isEmpty();
    List<Path> runs = checkpoints();
    assertThat(runs).hasSize(1);
    // With a lower bar, what was trained is published as it is.
    lines.clear();
    Path kept = folder.resolve("kept");
    FileUtils.copyDirectory(runs.get(0).toFile(), kept.toFile());
    TrainResult published = resume(guarded(SafetySpec.DEFAULT.withMinUar(0.001)));
    assertThat(lines)
        .anyMatch(line -> line.startsWith("goes on after epoch 2 of 2, from "))
        .noneMatch(line -> line.startsWith("epoch "));
    assertThat(checkpoints()).isEmpty();
    // As if it had been killed before it removed them: nothing is published twice.
    Path run = store.resolve("tones/_checkpoints").resolve(runs.get(0).getFileName());
    FileUtils.copyDirectory(kept.toFile(), run.toFile());
    lines.clear();
    assertThat(resume(guarded(SafetySpec.DEFAULT.withMinUar(0.001))).model())
        .isEqualTo(published.model());
    assertThat(lines).contains("was published before it stopped, as tones:1");
    assertThat(checkpoints()).isEmpty();
    TrainResult atOnce = run(guarded(SafetySpec.DEFAULT));
    assertThat(atOnce.scores()).isEqualTo(published.scores());
    assertThat(manifest("tones:1").training().losses())
        .isEqualTo(manifest("tones:2").training().losses());
    assertThat(manifest("tones:1").training().resumptions()).hasSize(1);
    assertThat(manifest("tones:2").training().resumptions()).isEmpty();
  }

  @Test
  void aModelMustBeatAnotherOnTheSameRows() {
    TrainingSpec idle = training(1, 4, 1e-7);
    run(spec("warehouse", 1, idle, SafetySpec.DEFAULT));
    // The same training again is as good, which is not better.
    TrainSpec again = spec("warehouse", 1, idle, SafetySpec.DEFAULT.withMustBeat("tones"));
    assertThatThrownBy(() -> run(again))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("% on 12 test rows is no better than tones:1 with ")
        .hasMessageContaining("on the same rows; its last state is kept in ");
    double uar = manifest("tones:1").scores().get("test").uar();
    assertThat(lines)
        .contains(
            "to beat: tones:1 with UAR %.1f %% on the same 12 test rows".formatted(100 * uar));
    TrainResult better =
        run(
            spec(
                "warehouse", 1, training(15, 4, 1e-3), SafetySpec.DEFAULT.withMustBeat("tones:1")));
    assertThat(better.model()).isEqualTo("tones:2");
    assertThat(better.testUar()).isGreaterThan(uar);
    assertThatThrownBy(() -> run(again))
        .isInstanceOf(RefusedException.class)
        .hasMessageMatching(".* is [0-9.]+ points below tones:2 with .*");
  }

  private static TrainSpec with(String network, BaselineSpec baseline, TrainSpec like) {
    return new TrainSpec(
        like.warehouse(),
        like.store(),
        like.name(),
        like.featureSet(),
        network,
        like.protocol(),
        like.folds(),
        like.fold(),
        like.emoboxFolds(),
        like.scheme(),
        like.validationShare(),
        like.dropDuplicates(),
        like.dropSilent(),
        like.training(),
        baseline,
        like.safety());
  }

  private TrainSpec baseline(SafetySpec safety) {
    TrainSpec like = spec("warehouse", 1, training(1, 4, 1e-3), safety);
    return with("mllib-logistic", new BaselineSpec(List.of(0.01), 100, 1, 1), like);
  }

  /** The most useful bar of all: whether a network is better than what costs next to nothing. */
  @Test
  void networksAndBaselinesAreHeldAgainstEachOther() throws IOException {
    TrainingSpec idle = training(1, 4, 1e-7);
    run(spec("warehouse", 1, idle, SafetySpec.DEFAULT));
    TrainResult better = run(baseline(SafetySpec.DEFAULT.withMustBeat("tones:1")));
    assertThat(better.model()).isEqualTo("tones:2");
    assertThat(better.testUar()).isGreaterThan(manifest("tones:1").scores().get("test").uar());
    assertThat(manifest("tones:2").training().resumptions()).isEmpty();
    lines.clear();
    assertThatThrownBy(() -> run(baseline(SafetySpec.DEFAULT.withMustBeat("tones:2"))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(" is no better than tones:2 with ")
        .hasMessageEndingWith("; nothing of it is kept, as a baseline has no checkpoints");
    assertThat(lines)
        .contains(
            "to beat: tones:2 with UAR %.1f %% on the same 12 test rows"
                .formatted(100 * better.testUar()));
    assertThatThrownBy(() -> run(baseline(SafetySpec.DEFAULT.withMinUar(1.01))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(" points below min-uar = 101.0 %; nothing of it is kept");
    assertThat(checkpoints()).isEmpty();
    TrainSpec worse = spec("warehouse", 1, idle, SafetySpec.DEFAULT.withMustBeat("tones:2"));
    assertThatThrownBy(() -> run(worse))
        .isInstanceOf(RefusedException.class)
        .hasMessageMatching(".* points below tones:2 with .*; its last state is kept in .*");
    assertThat(checkpoints()).hasSize(1);
    TrainSpec heard =
        spec("warehouse", 2, training(1, 4, 1e-3), SafetySpec.DEFAULT.withMustBeat("tones:2"));
    assertThatThrownBy(() -> run(heard))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("tones:2 cannot be compared on the test rows: it has learnt from ");
  }

  @Test
  void aBaselineIsNotResumed() {
    assertThatThrownBy(() -> resume(baseline(SafetySpec.DEFAULT)))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "--resume: mllib-logistic is a baseline, trained in one go and without checkpoints;"
                + " train it again without --resume");
    assertThat(lines).isEmpty();
  }

  private TrainSpec cycle(int epochs, double learningRate, SafetySpec safety) {
    return spec(
        "warehouse",
        1,
        new TrainingSpec(
            epochs,
            1,
            4,
            2,
            EngineKind.RESIDENT,
            learningRate,
            0.4,
            2,
            0,
            true,
            ScheduleKind.ONE_CYCLE,
            true,
            3),
        safety);
  }

  /** Every epoch's learning rate depends on how many there are to be. */
  @Test
  void oneCycleGoesOnWithAsManyEpochsOnly() {
    assertThatThrownBy(() -> run(cycle(2, 1e-3, SafetySpec.DEFAULT.withMinUar(1.01))))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(": --resume with another bar publishes it");
    assertThatThrownBy(() -> resume(cycle(3, 1e-3, SafetySpec.DEFAULT)))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith("is of another training: epochs was 2, is 3");
    TrainResult result = resume(cycle(2, 5e-4, SafetySpec.DEFAULT));
    assertThat(manifest(result.model()).training().resumptions())
        .containsExactly("goes on after epoch 2 of 2: learning-rate was 0.001, is 5.0E-4");
    assertThatThrownBy(() -> run(cycle(30, 10 * WILD, SafetySpec.DEFAULT)))
        .isInstanceOf(BadInputException.class)
        .hasMessageEndingWith("--learning-rate 5");
  }

  @Test
  void howBaselinesAreTrainedMattersToNoNetwork() {
    stopUnpublished();
    TrainSpec other = with("recipe-cnn", new BaselineSpec(List.of(0.1, 1.0), 7, 8, 9), plain(2));
    assertThat(manifest(resume(other).model()).training().resumptions())
        .containsExactly("goes on after epoch 2 of 2");
  }

  @Test
  void whatCannotBeComparedIsRefusedBeforeTraining() {
    run(plain(1));
    lines.clear();
    TrainSpec otherFold =
        spec("warehouse", 2, training(1, 4, 1e-3), SafetySpec.DEFAULT.withMustBeat("tones:1"));
    assertThatThrownBy(() -> run(otherFold))
        .isInstanceOf(RefusedException.class)
        .hasMessageMatching(
            "must-beat tones:1 cannot be compared on the test rows: it has learnt from [0-9]+ of"
                + " the 12 rows");
    assertThat(lines).noneMatch(line -> line.startsWith("epoch "));
    assertThatThrownBy(() -> run(guarded(SafetySpec.DEFAULT.withMustBeat("tones:9"))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no model 'tones:9'");
  }

  @Test
  void anotherTrainingsCheckpointIsRefusedWithWhatDiffers() throws IOException {
    stopUnpublished();
    TrainSpec largerBatches = spec("warehouse", 1, training(3, 5, 1e-3), SafetySpec.DEFAULT);
    assertThatThrownBy(() -> resume(largerBatches))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("the checkpoint after epoch 2 in ")
        .hasMessageEndingWith("is of another training: batch-size was 4, is 5");
    TrainSpec moreRows = spec("more", 1, training(3, 4, 1e-3), SafetySpec.DEFAULT);
    assertThatThrownBy(() -> resume(moreRows))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("rows.features was ")
        .hasMessageContaining("rows.train was ");
    TrainSpec fewerEpochs = plain(1);
    assertThatThrownBy(() -> resume(fewerEpochs))
        .isInstanceOf(BadInputException.class)
        .hasMessageEndingWith("is after epoch 2, but train.epochs = 1");
    assertThat(checkpoints()).hasSize(1);
    forgeLayers(checkpoints().get(0));
    assertThatThrownBy(() -> resume(plain(3)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is of another training: network.layers was 00");
    // Another fold is another training, which has none yet.
    lines.clear();
    resume(spec("warehouse", 2, training(1, 4, 1e-3), SafetySpec.DEFAULT));
    assertThat(lines).anyMatch(line -> line.startsWith("no checkpoint of this training in "));
    assertThat(checkpoints()).hasSize(1);
  }

  /** As another release's checkpoint, whose layers or loss were others under the same settings. */
  private static void forgeLayers(Path run) throws IOException {
    Path other = run.resolveSibling(run.getFileName().toString().replaceFirst("_[^_]+$", "_0"));
    Files.move(run, other);
    try (Stream<Path> epochs = Files.list(other)) {
      for (Path epoch : epochs.toList()) {
        Path json = epoch.resolve("checkpoint.json");
        String text = Files.readString(json);
        String forged = text.replace("\"network.layers\" : \"", "\"network.layers\" : \"00");
        assertThat(forged).isNotEqualTo(text);
        Files.deleteIfExists(epoch.resolve(".checkpoint.json.crc"));
        Files.writeString(json, forged);
      }
    }
  }

  @Test
  void beginningAnewPutsTheOldCheckpointAsideAndSaysSo() throws IOException {
    stopUnpublished();
    assertThatThrownBy(() -> run(guarded(SafetySpec.DEFAULT.withMinUar(1.01))))
        .isInstanceOf(RefusedException.class);
    assertThat(lines)
        .anyMatch(
            line -> line.startsWith("this training stopped after epoch 2 once: --resume goes on"));
    assertThat(checkpoints()).hasSize(2);
    assertThat(checkpoints().get(1).toString()).endsWith("_earlier");
    run(plain(2));
    assertThat(checkpoints()).isEmpty();
  }

  @Test
  void aTrainingThatRunsAwaySaysHowToGoOn() {
    stopUnpublished();
    TrainSpec wild = spec("warehouse", 1, training(30, 4, WILD), SafetySpec.DEFAULT);
    assertThatThrownBy(() -> resume(wild))
        .isInstanceOf(BadInputException.class)
        .hasMessageMatching(
            "training diverged in epoch [0-9]+ at learning rate [0-9.]+: the loss is .*; the state"
                + " after epoch [0-9]+ is kept in .*: go on from it with --resume --learning-rate"
                + " [0-9.]+");
    assertThat(lines).anyMatch(line -> line.contains("learning-rate was 0.001, is 5.0"));
    // And so it goes on, which the manifest does not hide.
    TrainResult result = resume(spec("warehouse", 1, training(4, 4, 1e-4), SafetySpec.DEFAULT));
    assertThat(manifest(result.model()).training().resumptions())
        .last()
        .asString()
        .contains("goes on after epoch ", "learning-rate was ", ", is 1.0E-4");
  }

  @Test
  void withoutCheckpointsNothingIsKeptAndWithAnyTheLastEpoch() throws IOException {
    SafetySpec none = new SafetySpec(5, 0, 1.01, "");
    assertThatThrownBy(() -> run(guarded(none)))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith("; nothing of it is kept");
    assertThat(checkpoints()).isEmpty();
    SafetySpec eachSecond = new SafetySpec(5, 2, 1.01, "");
    assertThatThrownBy(() -> run(spec("warehouse", 1, training(3, 4, 1e-3), eachSecond)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("its last state is kept");
    try (Stream<Path> epochs = Files.list(checkpoints().get(0))) {
      assertThat(epochs.map(epoch -> epoch.getFileName().toString()))
          .containsExactlyInAnyOrder("epoch-2", "epoch-3");
    }
  }
}
