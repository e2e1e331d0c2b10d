package affetto.job;

import affetto.augment.Augmentation;
import affetto.table.Clip;
import affetto.table.ClipKey;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The clips that a sweep wants: every utterance under every augmentation. They are numbered, so
 * that a set of them is a set of bits: the utterances by their ids, and of each utterance the
 * augmentations in the sweep's order.
 *
 * <p>Knows nothing of Spark. Memory is that of the utterances' ids and fingerprints.
 */
final class WantedClips implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] utterances;
  private final String[] fingerprints;
  private final List<Augmentation> augmentations;
  private final List<String> augmentationIds;
  private final long seed;
  private final String version;

  /**
   * @param fingerprints of the utterances' sound, by utterance
   * @param seed base of every clip's own
   * @param version of the feature set
   */
  WantedClips(
      SortedMap<String, String> fingerprints,
      List<Augmentation> augmentations,
      long seed,
      String version) {
    this.utterances = fingerprints.keySet().toArray(String[]::new);
    this.fingerprints = fingerprints.values().toArray(String[]::new);
    this.augmentations = List.copyOf(augmentations);
    this.augmentationIds = augmentations.stream().map(Augmentation::id).toList();
    this.seed = seed;
    this.version = version;
  }

  /** All of them. */
  BitSet all() {
    BitSet all = new BitSet();
    all.set(0, Math.multiplyExact(utterances.length, augmentations.size()));
    return all;
  }

  /** The number of the clip that the sweep would make exactly so; empty if it would not. */
  OptionalInt number(ClipKey key) {
    int utterance = Arrays.binarySearch(utterances, key.utterance());
    int augmentation = augmentationIds.indexOf(key.augmentation());
    boolean same =
        utterance >= 0
            && augmentation >= 0
            && fingerprints[utterance].equals(key.fingerprint())
            && version.equals(key.version())
            && seed(key.utterance(), augmentations.get(augmentation)) == key.seed();
    return same
        ? OptionalInt.of(utterance * augmentationIds.size() + augmentation)
        : OptionalInt.empty();
  }

  /** A clip's own seed. */
  long seed(String utterance, Augmentation augmentation) {
    return Clip.seed(seed, utterance, augmentation.id(), augmentation.revision());
  }

  /** Those augmentations of an utterance whose clips are in a set. */
  List<Augmentation> augmentations(String utterance, BitSet clips) {
    int number = Arrays.binarySearch(utterances, utterance);
    return IntStream.range(0, number < 0 ? 0 : augmentations.size())
        .filter(i -> clips.get(number * augmentations.size() + i))
        .mapToObj(augmentations::get)
        .toList();
  }

  /** The utterances that have a clip in a set, by id. */
  Stream<String> utterances(BitSet clips) {
    return clips.stream()
        .map(number -> number / augmentations.size())
        .distinct()
        .mapToObj(utterance -> utterances[utterance]);
  }

  /** How many of a set's clips each augmentation has, in the sweep's order. */
  Map<String, Long> count(BitSet clips) {
    long[] counts = new long[augmentations.size()];
    clips.stream().forEach(number -> counts[number % counts.length]++);
    Map<String, Long> byAugmentation = new LinkedHashMap<>();
    for (int i = 0; i < counts.length; i++) {
      byAugmentation.put(augmentationIds.get(i), counts[i]);
    }
    return byAugmentation;
  }
}
