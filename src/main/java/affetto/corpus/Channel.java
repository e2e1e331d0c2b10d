package affetto.corpus;

import java.util.Locale;

/** Whether the utterance is spoken or sung (RAVDESS has both). */
public enum Channel {
  SPEECH,
  SONG;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
