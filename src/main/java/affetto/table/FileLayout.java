package affetto.table;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * Which file each row of features goes to: of every augmentation so many, in a folder of its own,
 * an utterance always to the same.
 *
 * <p>Spark sends a row to the partition that the hash of a column names. So each file has a key
 * whose hash is the file's own number: a partition holds one file's rows, never two's.
 */
public final class FileLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Spark's own. */
  private static final int SEED = 42;

  /** 2^32 divided by the golden ratio spreads the hashes of names that differ in one letter. */
  private static final int SPREAD = 0x9E3779B9;

  private final LinkedHashMap<String, Slot> slots = new LinkedHashMap<>();
  private final int[] keys;

  /**
   * Where an augmentation's rows go.
   *
   * @param folder the name of its folder
   * @param files how many, at least 1
   */
  public record Target(String folder, int files) {}

  private record Slot(String folder, int first, int files) implements Serializable {}

  /**
   * @param targets by augmentation
   */
  public FileLayout(Map<String, Target> targets) {
    int first = 0;
    for (Map.Entry<String, Target> target : targets.entrySet()) {
      int files = Math.max(1, target.getValue().files());
      slots.put(target.getKey(), new Slot(target.getValue().folder(), first, files));
      first = Math.addExact(first, files);
    }
    this.keys = keys(first);
  }

  /** For each partition a number that hashes to it. */
  private static int[] keys(int partitions) {
    int[] keys = new int[partitions];
    boolean[] found = new boolean[partitions];
    int left = partitions;
    for (int key = 0; left > 0; key++) {
      int partition = Math.floorMod(Murmur3_x86_32.hashInt(key, SEED), partitions);
      if (!found[partition]) {
        found[partition] = true;
        keys[partition] = key;
        left--;
      }
    }
    return keys;
  }

  /** How many files there will be. */
  public int files() {
    return keys.length;
  }

  /** The folder of an augmentation. */
  String folder(String augmentation) {
    return slot(augmentation).folder();
  }

  /** The key of the file that a clip goes to. */
  int key(String augmentation, String utterance) {
    Slot slot = slot(augmentation);
    int spread = (utterance.hashCode() * SPREAD) >>> 8;
    return keys[slot.first() + spread % slot.files()];
  }

  private Slot slot(String augmentation) {
    Slot slot = slots.get(augmentation);
    if (slot == null) {
      throw new IllegalStateException("no file was planned for " + augmentation);
    }
    return slot;
  }
}
