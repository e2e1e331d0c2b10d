package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Fft;
import affetto.dsp.Workbench;

/**
 * Adds pink noise at a signal-to-noise ratio, measured as {@link WhiteNoise} does. Its power falls
 * by 3 dB an octave from 20 Hz on, as that of rooms, fans and traffic roughly does; below 20 Hz,
 * where nobody would hear it, there is none. A silent clip stays silent.
 *
 * @param snrDb -40 to 100 dB
 */
public record PinkNoise(double snrDb) implements Augmentation {
  private static final double LOWEST_HZ = 20;

  public PinkNoise {
    Ranges.checkSnr("pink-noise", snrDb);
  }

  @Override
  public String id() {
    return "pink-snr" + Ranges.signed(snrDb);
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    float[] noise = noise(waveform.samples().length, waveform.sampleRate(), new NoiseSource(seed));
    return Level.mix(waveform, noise, snrDb);
  }

  /** Pink noise of some level: white noise made in the spectrum, with 1 / f as its power. */
  static float[] noise(int length, int sampleRate, NoiseSource source) {
    Fft fft = new Fft(Math.max(2, Integer.highestOneBit(Math.max(1, length - 1)) * 2));
    double[] re = new double[fft.bins()];
    double[] im = new double[fft.bins()];
    int last = fft.bins() - 1;
    int first = (int) Math.max(1, Math.min(last, Math.ceil(LOWEST_HZ * fft.size() / sampleRate)));
    for (int k = first; k <= last; k++) {
      double amplitude = 1 / Math.sqrt(k);
      re[k] = amplitude * source.normal();
      im[k] = amplitude * source.normal();
    }
    double[] samples = new double[fft.size()];
    fft.inverse(re, im, samples);
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (float) samples[i];
    }
    return noise;
  }
}
