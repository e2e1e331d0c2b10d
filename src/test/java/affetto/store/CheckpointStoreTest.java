package affetto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.fault.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  private static final String RUN = "strict-1_seed-42_0a1b2c3d";

  @TempDir Path folder;
  private final List<String> damaged = new ArrayList<>();

  private CheckpointStore store() {
    return new ModelStore(folder.toString(), new Configuration()).checkpoints("m");
  }

  static StoredCheckpoint checkpoint(int epochs) {
    Checkpoint checkpoint =
        new Checkpoint(
            Map.of("batch-size", "64"),
            Map.of("epochs", "9"),
            10 * epochs,
            epochs,
            List.of(1e-3, 0.1 + 0.2, 1.0),
            1,
            Collections.nCopies(epochs, new Checkpoint.EpochEntry(1.0 / 3, null, 1e-3, 100, "cpu")),
            2.5,
            List.of("goes on"),
            "2026-01-01T00:00:00Z",
            Map.of());
    return new StoredCheckpoint(
        checkpoint, new float[] {epochs, 0.1f, -0f}, new float[] {1e-38f}, new float[0]);
  }

  private StoredCheckpoint newest() {
    return store().newest(RUN, damaged::add).orElseThrow();
  }

  private Path epoch(int number) {
    return folder.resolve("m/_checkpoints/" + RUN + "/epoch-" + number);
  }

  /** Changes a file behind the back of Hadoop's own checksums. */
  private static void damage(Path file) throws IOException {
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void givesBackWhatWasSaved() throws IOException {
    store().save(RUN, checkpoint(1));
    StoredCheckpoint back = newest();
    assertThat(back.checkpoint())
        .isEqualTo(checkpoint(1).checkpoint().with(back.checkpoint().files()));
    assertThat(back.parameters()).containsExactly(1, 0.1f, -0f);
    assertThat(back.optimizer()).containsExactly(1e-38f);
    assertThat(back.best()).isEmpty();
    ByteBuffer plain = ByteBuffer.wrap(Files.readAllBytes(epoch(1).resolve("parameters.f32")));
    assertThat(plain.order(ByteOrder.LITTLE_ENDIAN).getFloat(4)).isEqualTo(0.1f);
    assertThat(Files.readString(epoch(1).resolve("checkpoint.json")))
        .contains("\"batch-size\" : \"64\"", "0.30000000000000004");
  }

  @Test
  void keepsTheLastTwo() {
    for (int epochs = 1; epochs <= 4; epochs++) {
      store().save(RUN, checkpoint(epochs));
    }
    assertThat(epoch(2)).doesNotExist();
    assertThat(epoch(3)).exists();
    assertThat(newest().checkpoint().epoch()).isEqualTo(4);
  }

  @Test
  void whatIsNotWholeIsNotThere() throws IOException {
    assertThat(store().newest(RUN, damaged::add)).isEmpty();
    store().save(RUN, checkpoint(1));
    store().save(RUN, checkpoint(2));
    Files.delete(epoch(2).resolve("checkpoint.json"));
    assertThat(newest().checkpoint().epoch()).isEqualTo(1);
    assertThat(damaged).isEmpty();
    // Who goes on from the first writes the second again, and the first stays as its spare.
    store().save(RUN, checkpoint(2));
    assertThat(newest().checkpoint().epoch()).isEqualTo(2);
    assertThat(epoch(1)).exists();
  }

  @Test
  void theOneBeforeADamagedOneIsTakenAndTheUserTold() throws IOException {
    store().save(RUN, checkpoint(1));
    store().save(RUN, checkpoint(2));
    damage(epoch(2).resolve("parameters.f32"));
    assertThat(newest().checkpoint().epoch()).isEqualTo(1);
    assertThat(damaged)
        .singleElement()
        .asString()
        .contains("epoch-2' cannot be used: the checksum of parameters.f32 differs");
    Files.writeString(epoch(1).resolve("checkpoint.json"), "{ \"run\" : {");
    Files.deleteIfExists(epoch(1).resolve(".checkpoint.json.crc"));
    assertThat(store().newest(RUN, damaged::add)).isEmpty();
    assertThat(damaged).hasSize(3).allSatisfy(line -> assertThat(line).hasLineCount(1));
  }

  @Test
  void runsLieBesideEachOtherAndBesideTheVersions() {
    store().save(RUN, checkpoint(1));
    store().save("other", checkpoint(3));
    assertThat(store().runs()).containsExactly("other", RUN);
    assertThat(newest().checkpoint().epoch()).isEqualTo(1);
    store().remove(RUN);
    assertThat(store().runs()).containsExactly("other");
    ModelStore models = new ModelStore(folder.toString(), new Configuration());
    assertThat(models.list()).isEmpty();
    assertThatThrownBy(() -> models.manifest("m")).hasMessageEndingWith("there is none at all");
  }

  @Test
  void whatIsPutAsideIsOutOfTheWayUntilItIsRemoved() {
    store().setAside(RUN);
    store().save(RUN, checkpoint(4));
    store().setAside(RUN);
    assertThat(store().runs()).isEmpty();
    assertThat(store().newest(RUN, damaged::add)).isEmpty();
    assertThat(Path.of(store().placeAside(RUN).replaceFirst("^file:", ""))).exists();
    store().save(RUN, checkpoint(1));
    store().setAside(RUN);
    store().save(RUN, checkpoint(2));
    assertThat(store().newestAside(RUN, damaged::add).orElseThrow().checkpoint().epoch()).isOne();
    store().remove(RUN);
    assertThat(folder.resolve("m/_checkpoints")).isNotEmptyDirectory();
    store().removeAside(RUN);
    assertThat(folder.resolve("m/_checkpoints")).isEmptyDirectory();
  }

  @Test
  void theLastWhoClaimedARunHasIt() {
    assertThat(store().isClaimed(RUN, "nobody")).isFalse();
    store().claim(RUN, "first");
    assertThat(store().isClaimed(RUN, "first")).isTrue();
    store().claim(RUN, "second");
    assertThat(store().isClaimed(RUN, "first")).isFalse();
    assertThat(store().isClaimed(RUN, "second")).isTrue();
    store().save(RUN, checkpoint(1));
    assertThat(newest().checkpoint().epoch()).isOne();
    store().setAside(RUN);
    assertThat(store().isClaimed(RUN, "second")).isFalse();
  }

  @Test
  void aStoreThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(folder.resolve("m"), "a file where a folder should be");
    assertThatThrownBy(() -> store().save(RUN, checkpoint(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("epoch-1' cannot be written: ");
    assertThatThrownBy(
            () -> new ModelStore(folder.toString(), new Configuration()).checkpoints("../m"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("model name '../m'");
  }
}
