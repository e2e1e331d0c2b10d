package affetto.augment;

import affetto.audio.Waveform;

/** How loud sound is, and what keeps it within full scale. */
final class Level {
  private Level() {}

  /** Mean square of the samples; 0 where there are none. */
  static double power(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += (double) sample * sample;
    }
    return samples.length == 0 ? 0 : sum / samples.length;
  }

  /** The largest magnitude; 0 where there are no samples. */
  static double peak(float[] samples) {
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  /** What samples are multiplied with to raise their level; the same number on every machine. */
  static double factor(double db) {
    return StrictMath.pow(10, db / 20);
  }

  static float[] scaled(float[] samples, double factor) {
    float[] scaled = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      scaled[i] = (float) (samples[i] * factor);
    }
    return scaled;
  }

  /**
   * Keeps a result within full scale, or within the clip's own peak where that is higher: beyond
   * it, the whole is scaled down.
   *
   * @param samples what an augmentation made of the clip
   * @param clip what it was made of
   * @return of the clip's sample rate
   */
  static Waveform fit(float[] samples, Waveform clip) {
    double limit = Math.max(1, peak(clip.samples()));
    double peak = peak(samples);
    return new Waveform(peak > limit ? scaled(samples, limit / peak) : samples, clip.sampleRate());
  }

  /**
   * Adds noise so that the clip's mean power over all its length is {@code snrDb} above the
   * noise's, and {@linkplain #fit fits} the sum.
   *
   * @param noise as long as the clip
   * @return the clip itself where it or the noise is silent, since then no ratio can be reached
   */
  static Waveform mix(Waveform clip, float[] noise, double snrDb) {
    float[] samples = clip.samples();
    double clipPower = power(samples);
    double noisePower = power(noise);
    if (clipPower == 0 || noisePower == 0) {
      return clip;
    }
    double factor = Math.sqrt(clipPower / noisePower) / factor(snrDb);
    float[] mixed = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      mixed[i] = (float) (samples[i] + factor * noise[i]);
    }
    return fit(mixed, clip);
  }
}
