package affetto.job;

import affetto.augment.Augmentation;
import affetto.table.Clip;
import affetto.table.ClipKey;
import affetto.table.Origin;
import affetto.table.UtteranceIndex;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/**
 * The clips that a sweep wants: every utterance under every augmentation, numbered by {@link
 * ClipNumbers}. Memory is that of the utterances' index.
 */
final class WantedClips implements Numbering {
  private static final long serialVersionUID = 1L;

  private final UtteranceIndex utterances;
  private final ClipNumbers numbers;
  private final List<Augmentation> augmentations;
  private final long seed;
  private final String version;

  /**
   * @param augmentations in the sweep's order, ids distinct
   * @param seed base of every clip's own
   * @param version of the feature set
   * @throws ArithmeticException if they are more than 2^31
   */
  WantedClips(
      UtteranceIndex utterances, List<Augmentation> augmentations, long seed, String version) {
    this.utterances = utterances;
    this.numbers =
        new ClipNumbers(utterances, augmentations.stream().map(Augmentation::id).toList());
    this.augmentations = List.copyOf(augmentations);
    this.seed = seed;
    this.version = version;
  }

  UtteranceIndex utterances() {
    return utterances;
  }

  List<Augmentation> augmentations() {
    return augmentations;
  }

  /** How long a recording is. */
  double meanSeconds() {
    return IntStream.range(0, utterances.size())
        .mapToDouble(utterances::seconds)
        .average()
        .orElse(0);
  }

  /** All of them. */
  RoaringBitmap all() {
    return numbers.all();
  }

  /** How the sweep makes an augmentation's rows. */
  Origin origin(Augmentation augmentation) {
    return new Origin(version, seed, augmentation.revision());
  }

  /** The number of the clip that the sweep would make exactly so; empty if it would not. */
  @Override
  public OptionalInt number(ClipKey key) {
    OptionalInt number = numbers.number(key);
    return number.isPresent() && isMadeSo(key, augmentations.get(numbers.place(number.getAsInt())))
        ? number
        : OptionalInt.empty();
  }

  private boolean isMadeSo(ClipKey key, Augmentation augmentation) {
    return version.equals(key.version()) && seed(key.utterance(), augmentation) == key.seed();
  }

  /** The number of the utterance of a clip. */
  int utterance(int clip) {
    return numbers.utterance(clip);
  }

  /** A clip's own seed. */
  long seed(String utterance, Augmentation augmentation) {
    return Clip.seed(seed, utterance, augmentation.id(), augmentation.revision());
  }

  /** Those augmentations of an utterance whose clips are in a set. */
  List<Augmentation> augmentations(String id, RoaringBitmap clips) {
    int utterance = utterances.find(id);
    return IntStream.range(0, utterance < 0 ? 0 : augmentations.size())
        .filter(place -> clips.contains(numbers.number(place, utterance)))
        .mapToObj(augmentations::get)
        .toList();
  }

  /** How many of a set's clips each augmentation has, in the sweep's order. */
  @Override
  public Map<String, Long> count(RoaringBitmap clips) {
    return numbers.count(clips);
  }

  /** How many of a set's clips are of some utterances, by augmentation, in the sweep's order. */
  Map<String, Long> count(RoaringBitmap clips, RoaringBitmap some) {
    return numbers.count(clips, some);
  }
}
