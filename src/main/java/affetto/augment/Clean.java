package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;

/** The clip as it is. */
public record Clean() implements Augmentation {

  @Override
  public String id() {
    return "clean";
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    return waveform;
  }
}
