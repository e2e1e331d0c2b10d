package affetto.dsp;

/** A voice of damped pulses, each of its own length and strength. */
public final class Pulses {
  private static final double FORMANT_HZ = 700;
  private static final double DECAY_PER_SECOND = 900;

  private Pulses() {}

  /** Rings at each time, in samples with fractions. */
  public static float[] voice(double[] times, double[] strengths, int sampleRate, int samples) {
    float[] voice = new float[samples];
    for (int pulse = 0; pulse < times.length; pulse++) {
      int first = (int) Math.ceil(times[pulse]);
      for (int i = first; i < Math.min(samples, first + sampleRate / 50); i++) {
        double t = (i - times[pulse]) / sampleRate;
        double ring = Math.exp(-DECAY_PER_SECOND * t) * Math.sin(2 * Math.PI * FORMANT_HZ * t);
        voice[i] += (float) (0.5 * strengths[pulse] * ring);
      }
    }
    return voice;
  }
}
