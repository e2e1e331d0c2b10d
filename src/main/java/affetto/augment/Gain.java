package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;

/**
 * Makes a clip louder or softer. Where it would exceed full scale, either the gain stops at that
 * (the default), or the samples do, as in an overdriven microphone.
 *
 * @param gainDb -60 to 60 dB
 * @param clipping whether samples beyond full scale are cut off, rather than the gain held back
 */
public record Gain(double gainDb, boolean clipping) implements Augmentation {

  public Gain {
    Ranges.check("gain", "gain-db", gainDb, -60, 60);
  }

  @Override
  public String id() {
    return "gain" + Ranges.signed(gainDb) + (clipping ? "-clipped" : "");
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    if (gainDb == 0) {
      return waveform;
    }
    float[] samples = Level.scaled(waveform.samples(), Level.factor(gainDb));
    if (!clipping) {
      return Level.fit(samples, waveform);
    }
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.max(-1, Math.min(1, samples[i]));
    }
    return new Waveform(samples, waveform.sampleRate());
  }
}
