package affetto.corpus;

import java.util.Locale;

/** How strongly the emotion was to be expressed, as far as the corpus says. */
public enum Intensity {
  UNSPECIFIED,
  LOW,
  NORMAL,
  HIGH;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
