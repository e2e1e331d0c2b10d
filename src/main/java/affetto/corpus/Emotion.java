package affetto.corpus;

import java.util.Locale;

/** What a speaker was asked to express; the union of the four corpora's labels. */
public enum Emotion {
  NEUTRAL,
  CALM,
  HAPPY,
  SAD,
  ANGRY,
  FEARFUL,
  DISGUST,
  SURPRISED;

  /** The label as tables and reports write it: {@code "angry"}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The emotion of a table's label.
   *
   * @throws IllegalArgumentException if no emotion has this label
   */
  public static Emotion ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
