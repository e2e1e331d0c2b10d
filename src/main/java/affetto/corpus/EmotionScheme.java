package affetto.corpus;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A common set of classes that the corpora's labels are mapped to.
 *
 * <p>The order of {@link #classes()} is the order of a network's outputs.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of: they cannot change
public enum EmotionScheme {
  /** All eight of RAVDESS, as the popular recipe uses them; other corpora fill seven or six. */
  EIGHT(
      "eight",
      List.of(
          Emotion.NEUTRAL,
          Emotion.CALM,
          Emotion.HAPPY,
          Emotion.SAD,
          Emotion.ANGRY,
          Emotion.FEARFUL,
          Emotion.DISGUST,
          Emotion.SURPRISED)),
  /** The six that all four corpora have. RAVDESS's calm counts as neutral; surprise is left out. */
  COMMON_SIX(
      "common-six",
      List.of(
          Emotion.NEUTRAL,
          Emotion.HAPPY,
          Emotion.SAD,
          Emotion.ANGRY,
          Emotion.FEARFUL,
          Emotion.DISGUST));

  private final String id;
  private final List<Emotion> classes;

  EmotionScheme(String id, List<Emotion> classes) {
    this.id = id;
    this.classes = classes;
  }

  public String id() {
    return id;
  }

  public List<Emotion> classes() {
    return classes;
  }

  /** The class of a label, from 0; empty where the scheme leaves the label out. */
  public OptionalInt classOf(Emotion emotion) {
    Emotion mapped = this == COMMON_SIX && emotion == Emotion.CALM ? Emotion.NEUTRAL : emotion;
    int index = classes.indexOf(mapped);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /**
   * The classes that a corpus has.
   *
   * @param corpus its id; one that is unknown may have them all
   * @return by class whether it can be the truth of an utterance
   */
  public boolean[] possible(String corpus) {
    boolean[] possible = new boolean[classes.size()];
    Set<Emotion> emotions =
        Corpus.find(corpus).map(Corpus::emotions).orElse(EnumSet.allOf(Emotion.class));
    for (Emotion emotion : emotions) {
      classOf(emotion).ifPresent(index -> possible[index] = true);
    }
    return possible;
  }
}
