package affetto.corpus;

import java.util.Locale;

/** The speaker's gender as the corpus documents it. */
public enum Gender {
  FEMALE,
  MALE,
  UNKNOWN;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The gender of a table's label.
   *
   * @throws IllegalArgumentException if no gender has this label
   */
  public static Gender ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
