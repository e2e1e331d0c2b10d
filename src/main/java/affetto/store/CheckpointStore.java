package affetto.store;

import affetto.fault.BadInputException;
import affetto.storage.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The unfinished trainings of one model name: {@code STORE/NAME/_checkpoints/RUN/epoch-N/} with
 * arrays of floats, little-endian ({@code parameters.f32}, {@code optimizer.f32}, {@code
 * best.f32}), and, written last, {@code checkpoint.json} with their checksums. Of each run the last
 * two are kept, so that there is one to go on from while the next is being written, or where the
 * last one is damaged.
 *
 * <p>An epoch's folder without {@code checkpoint.json} does not exist for readers: it is being
 * written, or its writer died. One process at a time may keep a run's: the last that claimed it, in
 * {@code owner}.
 */
public final class CheckpointStore {
  private static final String DESCRIPTION = "checkpoint.json";
  private static final String PARAMETERS = "parameters.f32";
  private static final String OPTIMIZER = "optimizer.f32";
  private static final String BEST = "best.f32";
  private static final String EPOCH = "epoch-";
  private static final String EARLIER = "_earlier";
  private static final String OWNER = "owner";
  private static final int MOST_OWNER_BYTES = 100;

  private final ModelStore store;
  private final FileSystem files;
  private final Path root;

  CheckpointStore(ModelStore store, FileSystem files, Path root) {
    this.store = store;
    this.files = files;
    this.root = root;
  }

  /** Runs with a folder here, sorted; those that were set aside are left out. */
  public List<String> runs() {
    return store.folders(root).stream().filter(run -> !run.endsWith(EARLIER)).toList();
  }

  /** Where a run's checkpoints lie, for messages. */
  public String place(String run) {
    return new Path(root, run).toString();
  }

  /** Where {@link #setAside} puts a run's checkpoints, for messages. */
  public String placeAside(String run) {
    return place(run + EARLIER);
  }

  /**
   * A run's newest whole checkpoint, empty where there is none.
   *
   * @param damaged told, in a line, of each newer one whose files are not what was written
   * @throws BadInputException if the store cannot be read
   */
  public Optional<StoredCheckpoint> newest(String run, Consumer<String> damaged) {
    for (int epoch : epochs(run)) {
      Path folder = folder(run, epoch);
      try {
        if (files.exists(new Path(folder, DESCRIPTION))) {
          return Optional.of(read(folder));
        }
      } catch (IOException e) {
        damaged.accept(
            "checkpoint '%s' cannot be used: %s"
                .formatted(folder, ModelStore.firstLine(e.getMessage())));
      }
    }
    return Optional.empty();
  }

  /** The same of what {@link #setAside} has put aside. */
  public Optional<StoredCheckpoint> newestAside(String run, Consumer<String> damaged) {
    return newest(run + EARLIER, damaged);
  }

  /**
   * Makes a run's checkpoints one process's, whoever had them before.
   *
   * @param owner what {@link #isClaimed} is to know that process by, and no other has
   * @throws BadInputException if the store cannot be written to
   */
  public void claim(String run, String owner) {
    try {
      WholeFile.put(files, owner(run), owner.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new BadInputException(
          "checkpoints '%s' cannot be written: %s".formatted(place(run), e.getMessage()), e);
    }
  }

  /**
   * Whether nobody else has claimed a run's checkpoints since, or put them aside.
   *
   * @param owner as it was claimed
   * @throws BadInputException if the store cannot be read
   */
  public boolean isClaimed(String run, String owner) {
    try {
      byte[] now = store.read(owner(run), MOST_OWNER_BYTES);
      return new String(now, StandardCharsets.UTF_8).equals(owner);
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw new BadInputException(
          "checkpoints '%s' cannot be read: %s".formatted(place(run), e.getMessage()), e);
    }
  }

  private Path owner(String run) {
    return new Path(new Path(root, run), OWNER);
  }

  private StoredCheckpoint read(Path folder) throws IOException {
    Checkpoint checkpoint =
        StoreJson.read(
            store.read(new Path(folder, DESCRIPTION), ModelStore.MOST_JSON_BYTES),
            Checkpoint.class);
    return new StoredCheckpoint(
        checkpoint,
        numbers(checkpoint, folder, PARAMETERS),
        numbers(checkpoint, folder, OPTIMIZER),
        numbers(checkpoint, folder, BEST));
  }

  private float[] numbers(Checkpoint checkpoint, Path folder, String file) throws IOException {
    byte[] bytes = store.read(new Path(folder, file), ModelStore.MOST_BYTES);
    if (!DigestUtils.sha256Hex(bytes).equals(checkpoint.files().get(file))) {
      throw new IOException("the checksum of %s differs".formatted(file));
    }
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }

  /**
   * Writes a checkpoint, and then removes all but this and the one before.
   *
   * @throws BadInputException if the store cannot be written to
   */
  public void save(String run, StoredCheckpoint stored) {
    int epoch = stored.checkpoint().epoch();
    Path folder = folder(run, epoch);
    try {
      // What a killed or damaged attempt left.
      files.delete(folder, true);
      Map<String, String> sums = new TreeMap<>();
      sums.put(PARAMETERS, write(new Path(folder, PARAMETERS), stored.parameters()));
      sums.put(OPTIMIZER, write(new Path(folder, OPTIMIZER), stored.optimizer()));
      sums.put(BEST, write(new Path(folder, BEST), stored.best()));
      WholeFile.put(
          files, new Path(folder, DESCRIPTION), StoreJson.write(stored.checkpoint().with(sums)));
      prune(run, epoch);
    } catch (IOException e) {
      throw new BadInputException(
          "checkpoint '%s' cannot be written: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** Writes numbers, and gives their checksum. */
  private String write(Path path, float[] numbers) throws IOException {
    byte[] bytes = new byte[Math.multiplyExact(numbers.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
    store.write(path, bytes);
    return DigestUtils.sha256Hex(bytes);
  }

  private void prune(String run, int newest) throws IOException {
    boolean hasSpare = false;
    for (int epoch : epochs(run)) {
      boolean whole = files.exists(new Path(folder(run, epoch), DESCRIPTION));
      boolean spare = whole && epoch < newest && !hasSpare;
      if (epoch != newest && !spare) {
        files.delete(folder(run, epoch), true);
      }
      hasSpare |= spare;
    }
  }

  /**
   * Puts a run's checkpoints out of the way of a training that began anew, in place of those that
   * lie aside already.
   *
   * @throws BadInputException if the store cannot be written to
   */
  public void setAside(String run) {
    Path from = new Path(root, run);
    Path to = new Path(root, run + EARLIER);
    try {
      if (files.exists(from)) {
        files.delete(to, true);
        if (!files.rename(from, to)) {
          throw new IOException("it cannot be renamed");
        }
      }
    } catch (IOException e) {
      throw new BadInputException(
          "checkpoints '%s' cannot be set aside: %s".formatted(from, e.getMessage()), e);
    }
  }

  /**
   * Removes a run's checkpoints.
   *
   * @throws BadInputException if the store cannot be written to
   */
  public void remove(String run) {
    try {
      files.delete(new Path(root, run), true);
    } catch (IOException e) {
      throw new BadInputException(
          "checkpoints '%s' cannot be removed: %s".formatted(place(run), e.getMessage()), e);
    }
  }

  /** The same of what {@link #setAside} has put aside. */
  public void removeAside(String run) {
    remove(run + EARLIER);
  }

  private Path folder(String run, int epoch) {
    return new Path(new Path(root, run), EPOCH + epoch);
  }

  /** Epochs with a folder, the newest first. */
  private List<Integer> epochs(String run) {
    return store.folders(new Path(root, run)).stream()
        .filter(folder -> folder.matches(EPOCH + "[1-9][0-9]{0,8}"))
        .map(folder -> Integer.valueOf(folder.substring(EPOCH.length())))
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
