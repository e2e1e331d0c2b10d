package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;

/**
 * Adds normal white noise at a signal-to-noise ratio, measured over the whole clip: mean power of
 * the clip over mean power of the noise that is added, met exactly. A silent clip stays silent.
 *
 * @param snrDb -40 to 100 dB
 */
public record WhiteNoise(double snrDb) implements Augmentation {

  public WhiteNoise {
    Ranges.checkSnr("white-noise", snrDb);
  }

  @Override
  public String id() {
    return "white-snr" + Ranges.signed(snrDb);
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    NoiseSource source = new NoiseSource(seed);
    float[] noise = new float[waveform.samples().length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) source.normal();
    }
    return Level.mix(waveform, noise, snrDb);
  }
}
