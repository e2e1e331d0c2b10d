package affetto.augment;

import affetto.audio.Waveform;

/** The clip as it is. */
public record Clean() implements Augmentation {

  @Override
  public String id() {
    return "clean";
  }

  @Override
  public Waveform apply(Waveform waveform, long seed) {
    return waveform;
  }
}
