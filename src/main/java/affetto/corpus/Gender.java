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
}
