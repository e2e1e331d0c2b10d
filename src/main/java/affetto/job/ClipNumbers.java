package affetto.job;

import affetto.table.ClipKey;
import affetto.table.UtteranceIndex;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import org.roaringbitmap.RoaringBitmap;

/**
 * Numbers for all utterances under some augmentations: the augmentations in their order, and of
 * each the utterances by their ids. Files are sorted so, too, and so their rows' bits lie side by
 * side. A row counts if its recording is the utterance's own.
 */
final class ClipNumbers implements Numbering {
  private static final long serialVersionUID = 1L;

  private final UtteranceIndex utterances;
  private final List<String> augmentations;
  private final HashMap<String, Integer> places = new HashMap<>();

  /**
   * @param augmentations ids, distinct
   * @throws ArithmeticException if there are more than 2^31 clips
   */
  ClipNumbers(UtteranceIndex utterances, List<String> augmentations) {
    this.utterances = utterances;
    this.augmentations = List.copyOf(augmentations);
    augmentations.forEach(augmentation -> places.put(augmentation, places.size()));
    Math.multiplyExact(utterances.size(), augmentations.size());
  }

  /** All of them. */
  RoaringBitmap all() {
    return RoaringBitmap.bitmapOfRange(0, (long) utterances.size() * augmentations.size());
  }

  @Override
  public OptionalInt number(ClipKey row) {
    Integer place = places.get(row.augmentation());
    return place != null && isTrue(row.utterance(), row.fingerprint())
        ? OptionalInt.of(number(place, utterances.find(row.utterance())))
        : OptionalInt.empty();
  }

  /** Whether this is an utterance's recording as it is now. */
  boolean isTrue(String utterance, String fingerprint) {
    int number = utterances.find(utterance);
    return number >= 0 && utterances.has(number, fingerprint);
  }

  /** The number of an utterance under the augmentation of a place. */
  int number(int place, int utterance) {
    return place * utterances.size() + utterance;
  }

  /** The number of the utterance of a clip. */
  int utterance(int clip) {
    return clip % utterances.size();
  }

  /** The place of the augmentation of a clip. */
  int place(int clip) {
    return clip / utterances.size();
  }

  @Override
  public Map<String, Long> count(RoaringBitmap clips) {
    long size = utterances.size();
    return byAugmentation(place -> clips.rangeCardinality(place * size, (place + 1) * size));
  }

  /**
   * How many of a set's clips are of some utterances, by augmentation.
   *
   * @param some numbers of utterances
   */
  Map<String, Long> count(RoaringBitmap clips, RoaringBitmap some) {
    return byAugmentation(
        place ->
            RoaringBitmap.andCardinality(
                clips, RoaringBitmap.addOffset(some, (long) place * utterances.size())));
  }

  private Map<String, Long> byAugmentation(ToLongFunction<Integer> count) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int place = 0; place < augmentations.size(); place++) {
      counts.put(augmentations.get(place), count.applyAsLong(place));
    }
    return counts;
  }
}
