package affetto.bench;

import affetto.store.Checkpoint;
import affetto.store.CheckpointStore;
import affetto.store.ModelStore;
import affetto.store.StoredCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A checkpoint of recipe-cnn with Adam and early stopping, written to and read from a disk. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CheckpointBench {
  private static final int PARAMETERS = 557_288;
  private static final String RUN = "strict-1_seed-42_0a1b2c3d";

  private Path folder;
  private CheckpointStore store;
  private StoredCheckpoint checkpoint;
  private int epoch;

  @Setup
  public void setUp() throws IOException {
    folder = Files.createTempDirectory("checkpoint-bench");
    store = new ModelStore(folder.toString(), new Configuration()).checkpoints("m");
    checkpoint = checkpoint(1);
    store.save(RUN, checkpoint);
  }

  private static StoredCheckpoint checkpoint(int epochs) {
    Checkpoint description =
        new Checkpoint(
            Map.of("batch-size", "64"),
            Map.of("epochs", "50"),
            100 * epochs,
            epochs,
            List.of(1e-3, 1e-3, 1.0, 0.0),
            1,
            Collections.nCopies(epochs, new Checkpoint.EpochEntry(1, 0.5, 1e-3, 700, "cpu")),
            1,
            List.of(),
            "2026-01-01T00:00:00Z",
            Map.of());
    return new StoredCheckpoint(
        description, numbers(PARAMETERS), numbers(2 * PARAMETERS), numbers(PARAMETERS));
  }

  private static float[] numbers(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return numbers;
  }

  /** Each time as another epoch's, so that the one before the last is removed, too. */
  @Benchmark
  public void save() {
    epoch = epoch % 50 + 1;
    Checkpoint old = checkpoint.checkpoint();
    Checkpoint next =
        new Checkpoint(
            old.run(),
            old.settings(),
            old.iterations(),
            old.passes(),
            old.schedule(),
            old.bestEpoch(),
            Collections.nCopies(epoch, old.epochs().get(0)),
            old.seconds(),
            old.resumptions(),
            old.savedAt(),
            old.files());
    store.save(
        RUN,
        new StoredCheckpoint(
            next, checkpoint.parameters(), checkpoint.optimizer(), checkpoint.best()));
  }

  @Benchmark
  public StoredCheckpoint read() {
    return store
        .newest(
            RUN,
            damaged -> {
              throw new IllegalStateException(damaged);
            })
        .orElseThrow();
  }

  @TearDown
  public void tearDown() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }
}
