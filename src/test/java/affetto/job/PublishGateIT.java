package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.augment.Clean;
import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import affetto.store.ModelStore;
import affetto.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** The gate to the store, on tones. */
class PublishGateIT extends TrainingOnTones {

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

  /** As where two trainings overlap: the later meets what the earlier has published meanwhile. */
  @Test
  void aNewerVersionIsToBeBeatenToo() {
    run(spec("warehouse", 1, training(1, 4, 1e-7), SafetySpec.DEFAULT));
    Progress meanwhile =
        line -> {
          lines.add(line);
          if (line.startsWith("to beat: tones:1 ")) {
            run(baseline(SafetySpec.DEFAULT));
          }
        };
    TrainSpec later = baseline(SafetySpec.DEFAULT.withMustBeat("tones"));
    assertThatThrownBy(() -> run(later, meanwhile))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(" is no better than tones:2 with ");
    assertThat(lines).anyMatch(line -> line.startsWith("to beat: tones:2 "));
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

  /** With one speaker more, a fold of as many rows is another fold. */
  @Test
  void asManyOtherClipsAreNotTheSameRows() throws IOException {
    sweep("later", List.of(new Clean()));
    record(7);
    sweep("later", "spectral", List.of(new Clean()));
    String later = folder.resolve("later").toString();
    run(baseline(SafetySpec.DEFAULT).in(later).over("spectral"));
    TrainSpec challenger = baseline(SafetySpec.DEFAULT.withMustBeat("tones:1")).in(later).at(2, 3);
    assertThatThrownBy(() -> run(challenger))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "must-beat tones:1 cannot be compared on the test rows: of 12 clips the warehouse"
                + " holds 6 with its features spectral, and 6 others");
  }
}
