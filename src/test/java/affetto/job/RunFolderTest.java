package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.fault.BadInputException;
import affetto.store.Checkpoint;
import affetto.store.CheckpointStore;
import affetto.store.ModelStore;
import affetto.store.StoredCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path folder;
  private final List<String> lines = new ArrayList<>();

  private CheckpointStore store() {
    return new ModelStore(folder.toString(), new Configuration()).checkpoints("m");
  }

  private static RunIdentity run(String learningRate) {
    return new RunIdentity(
        "strict-1_seed-42",
        new TreeMap<>(Map.of("batch-size", "64")),
        new TreeMap<>(Map.of("learning-rate", learningRate)));
  }

  /** A process that trains with a learning rate of its own; all of them share one folder. */
  private RunFolder process(String learningRate) {
    return new RunFolder(store(), run(learningRate), lines::add);
  }

  private static StoredCheckpoint after(int epochs, String learningRate) {
    Checkpoint checkpoint =
        new Checkpoint(
            run(learningRate).fixed(),
            run(learningRate).free(),
            epochs,
            epochs,
            List.of(),
            0,
            Collections.nCopies(epochs, new Checkpoint.EpochEntry(1, null, 1e-3, 100, "cpu")),
            1,
            List.of(),
            "2026-01-01T00:00:00Z",
            Map.of());
    return new StoredCheckpoint(checkpoint, new float[1], new float[0], new float[0]);
  }

  private int newest() {
    return process("1").newest().orElseThrow().checkpoint().epoch();
  }

  private Path aside() {
    return Path.of(process("1").placeAside().replaceFirst("^file:", ""));
  }

  @Test
  void whoBeginsLaterHasTheFolderAndNobodyLosesAState() {
    RunFolder first = process("1");
    for (int epoch = 1; epoch <= 7; epoch++) {
      first.save(after(epoch, "1"));
    }
    RunFolder second = process("2");
    second.save(after(1, "2"));
    first.save(after(8, "1"));
    first.save(after(9, "1"));
    assertThat(lines)
        .singleElement()
        .asString()
        .contains(" are not this training's any more, so it keeps no others: ");
    assertThat(first.kept()).isZero();
    second.save(after(2, "2"));
    assertThat(newest()).isEqualTo(2);
    first.discard(9);
    assertThat(newest()).isEqualTo(2);
    lines.clear();
    second.discard(2);
    assertThat(store().runs()).isEmpty();
    assertThat(aside().resolve("epoch-7")).exists();
    assertThat(lines)
        .containsExactly(
            "the checkpoint after epoch 7 that was put aside stays in "
                + process("1").placeAside());
  }

  @Test
  void whatTheSameTrainingHasOutdoneGoes() {
    process("1").save(after(3, "1"));
    RunFolder again = process("1");
    again.save(after(1, "1"));
    assertThat(aside()).exists();
    again.save(after(3, "1"));
    again.discard(3);
    assertThat(folder.resolve("m/_checkpoints")).isEmptyDirectory();
    assertThat(lines).isEmpty();
  }

  @Test
  void whoKeepsNothingRemovesNothing() {
    process("1").save(after(3, "1"));
    process("1").discard(5);
    assertThat(newest()).isEqualTo(3);
    // Gone on from, with nothing left to train.
    RunFolder last = process("1");
    last.goOnFrom(3);
    last.discard(3);
    assertThat(folder.resolve("m/_checkpoints")).isEmptyDirectory();
  }

  /** An hour of training is not to be found unpublishable at its end. */
  @Test
  void theFirstStateOfAProcessMustBeWrittenAndALaterOneNeedNotBe() throws IOException {
    process("1").save(after(1, "1"));
    RunFolder resumed = process("1");
    resumed.goOnFrom(1);
    spoil();
    assertThatThrownBy(() -> resumed.save(after(2, "1")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cannot be written");
    Files.delete(folder.resolve("m"));
    RunFolder other = process("1");
    other.save(after(1, "1"));
    spoil();
    other.save(after(2, "1"));
    assertThat(lines).singleElement().asString().contains("they were removed");
    assertThat(other.kept()).isZero();
  }

  /** A file where a folder should be. */
  private void spoil() throws IOException {
    FileUtils.deleteDirectory(folder.resolve("m").toFile());
    Files.writeString(folder.resolve("m"), "");
  }
}
