package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;

/**
 * Adds white noise, {@code y + amplitude * u * max(y) * n}: one uniform number u in [0, 1) for the
 * clip, a normal one n for each sample. It is the largest sample that counts, not the largest
 * magnitude, because the recipe in the papers takes that.
 *
 * @param amplitude upper bound of the noise's standard deviation as a share of the largest sample,
 *     0 to 1
 */
public record AddNoise(double amplitude) implements Augmentation {

  public AddNoise {
    Ranges.check("noise", "amplitude", amplitude, 0, 1);
  }

  @Override
  public String id() {
    return "noise-" + Ranges.plain(amplitude);
  }

  /** 2: normal numbers come from a ziggurat. */
  @Override
  public int revision() {
    return 2;
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    float[] samples = waveform.samples();
    if (amplitude == 0 || samples.length == 0) {
      return waveform;
    }
    NoiseSource source = new NoiseSource(seed);
    double largest = Double.NEGATIVE_INFINITY;
    for (float sample : samples) {
      largest = Math.max(largest, sample);
    }
    double deviation = amplitude * source.uniform() * largest;
    float[] noisy = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      noisy[i] = (float) (samples[i] + deviation * source.normal());
    }
    return new Waveform(noisy, waveform.sampleRate());
  }
}
