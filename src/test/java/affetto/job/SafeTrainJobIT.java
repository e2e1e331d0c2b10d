package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.augment.AddNoise;
import affetto.augment.Clean;
import affetto.baseline.BaselineSpec;
import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import affetto.store.Forgery;
import affetto.train.EngineKind;
import affetto.train.ScheduleKind;
import affetto.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Going on and running away, on tones. */
class SafeTrainJobIT extends TrainingOnTones {

  /** Far too large: with it, training runs away. */
  private static final double WILD = 5;

  @BeforeAll
  static void sweepMore() {
    sweep("more", List.of(new Clean(), new AddNoise(0.035)));
  }

  /** Leaves a checkpoint after the second epoch behind. */
  private void stopUnpublished() {
    assertThatThrownBy(() -> run(guarded(SafetySpec.DEFAULT.withMinUar(1.01))))
        .isInstanceOf(RefusedException.class);
    lines.clear();
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
  void anotherTrainingsCheckpointIsRefusedWithWhatDiffers() throws IOException {
    stopUnpublished();
    TrainSpec largerBatches = spec("warehouse", 1, training(3, 5, 1e-3), SafetySpec.DEFAULT);
    assertThatThrownBy(() -> resume(largerBatches))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "nothing to go on from, and without --resume it begins anew: the checkpoint after epoch"
                + " 2 in ")
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
    try (DirectoryStream<Path> epochs = Files.newDirectoryStream(other, "epoch-*")) {
      for (Path epoch : epochs) {
        Forgery.replace(
            epoch.resolve("checkpoint.json"),
            "\"network.layers\" : \"",
            "\"network.layers\" : \"00");
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
  void aShorterTrainingLeavesWhatItPutAside() throws IOException {
    stopUnpublished();
    run(plain(1));
    assertThat(lines)
        .anyMatch(
            line -> line.startsWith("the checkpoint after epoch 2 that was put aside stays in "));
    assertThat(checkpoints()).singleElement().asString().endsWith("_earlier");
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
    try (Stream<Path> files = Files.list(checkpoints().get(0))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("epoch-2", "epoch-3", "owner");
    }
  }
}
