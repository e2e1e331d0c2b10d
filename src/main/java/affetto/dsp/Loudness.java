package affetto.dsp;

/**
 * The loudness of a frame: its power in bands of the mel scale, weighted by the ear's sensitivity
 * at 40 phon and compressed, as for perceptual linear prediction; then the mean over the bands.
 *
 * <p>Immutable; may be shared.
 *
 * @see <a href="https://doi.org/10.1121/1.399423">Hermansky 1990, Perceptual linear predictive
 *     analysis of speech, equations 7 and 8</a>
 */
public final class Loudness {
  /** Number of bands. */
  public static final int BANDS = 26;

  /** Lower edge of the lowest band. */
  public static final double F_MIN_HZ = 20;

  /** Upper edge of the highest band, or half the sample rate if that is lower. */
  public static final double F_MAX_HZ = 8000;

  /** Loudness grows with this power of intensity. */
  public static final double EXPONENT = 0.33;

  private final int[] begins;
  private final double[][] weights;

  /**
   * Makes the triangles, whose corners are at equal steps of mel and whose peaks are 1 before the
   * ear's weighting.
   *
   * @param sampleRate samples per second
   * @param nFft size of the transform whose {@code 1 + nFft / 2} bins come in
   */
  public Loudness(double sampleRate, int nFft) {
    begins = new int[BANDS];
    weights = new double[BANDS][];
    double hzPerBin = sampleRate / nFft;
    double lowest = mel(F_MIN_HZ);
    double step = (mel(Math.min(F_MAX_HZ, sampleRate / 2)) - lowest) / (BANDS + 1);
    for (int band = 0; band < BANDS; band++) {
      double left = lowest + band * step;
      int begin = (int) Math.ceil(hz(left) / hzPerBin);
      int end = Math.min(nFft / 2, (int) Math.floor(hz(left + 2 * step) / hzPerBin)) + 1;
      begins[band] = begin;
      weights[band] = new double[Math.max(0, end - begin)];
      double sensitivity = sensitivity(hz(left + step));
      for (int i = 0; i < weights[band].length; i++) {
        double fromPeak = Math.abs((mel((begin + i) * hzPerBin) - left) / step - 1);
        weights[band][i] = sensitivity * Math.max(0, 1 - fromPeak);
      }
    }
  }

  /** O'Shaughnessy's mel scale. */
  private static double mel(double hz) {
    return 1127 * Math.log1p(hz / 700);
  }

  private static double hz(double mel) {
    return 700 * Math.expm1(mel / 1127);
  }

  private static double sensitivity(double hz) {
    double square = hz * hz;
    double rise = square / (square + 1.6e5);
    return rise * rise * (square + 1.44e6) / (square + 9.61e6);
  }

  /**
   * The loudness of one frame.
   *
   * @param power spectrum by bin, unscaled, shape [1 + nFft / 2]
   * @return at least 0, in no unit; 2 to the power of 0.66 times as much where the amplitude
   *     doubles
   */
  public double of(float[] power) {
    double sum = 0;
    for (int band = 0; band < BANDS; band++) {
      double weighted = 0;
      for (int i = 0; i < weights[band].length; i++) {
        weighted += weights[band][i] * power[begins[band] + i];
      }
      sum += Math.pow(weighted, EXPONENT);
    }
    return sum / BANDS;
  }
}
