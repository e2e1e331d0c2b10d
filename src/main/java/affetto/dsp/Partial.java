package affetto.dsp;

/** One partial of a sound: what a transform would show at a single frequency between bins. */
public final class Partial {
  private Partial() {}

  /**
   * The amplitude of a partial under a Hann window; samples beyond the ends are zeros.
   *
   * @param samples shape [n]
   * @param centre sample in the middle of the window
   * @param length of the window in samples; partials nearer than two cycles in a window mix
   * @param frequency in cycles per sample, from 0 to 0.5
   * @return amplitude, 1 for a sine of amplitude 1
   */
  public static double amplitude(float[] samples, int centre, int length, double frequency) {
    int start = centre - length / 2;
    double re = 0;
    double im = 0;
    double weights = 0;
    for (int i = 0; i < length; i++) {
      double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / length);
      weights += weight;
      int at = start + i;
      if (at >= 0 && at < samples.length) {
        double angle = 2 * Math.PI * frequency * i;
        re += weight * samples[at] * Math.cos(angle);
        im += weight * samples[at] * Math.sin(angle);
      }
    }
    return 2 * Math.hypot(re, im) / weights;
  }
}
