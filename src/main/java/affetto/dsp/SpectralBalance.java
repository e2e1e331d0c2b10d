package affetto.dsp;

/**
 * How the power of a frame is spread over low and high frequencies: the fuller the voice's effort,
 * the more goes into the high ones.
 *
 * <p>Immutable; may be shared.
 *
 * @see <a href="https://doi.org/10.1109/TAFFC.2015.2457417">Eyben et al. 2016, The Geneva
 *     Minimalistic Acoustic Parameter Set, section 3.1</a>
 */
public final class SpectralBalance {
  /** Below this, hum and offset: they count for neither side. */
  public static final double F_MIN_HZ = 50;

  /** Above this nothing counts. */
  public static final double F_MAX_HZ = 5000;

  /** Where the alpha ratio divides. */
  public static final double ALPHA_HZ = 1000;

  /** Where the Hammarberg index divides. */
  public static final double HAMMARBERG_HZ = 2000;

  /** Power below this counts as this, so that the logarithm of silence is finite: -200 dB. */
  private static final double MIN_POWER = 1e-20;

  private final double hzPerBin;

  /**
   * Fixes the frequencies of the bins.
   *
   * @param sampleRate samples per second, at least 10,000
   * @param nFft size of the transform whose {@code 1 + nFft / 2} bins come in
   */
  public SpectralBalance(double sampleRate, int nFft) {
    if (sampleRate / 2 < F_MAX_HZ) {
      throw new IllegalArgumentException("sampleRate must be at least 10000, was " + sampleRate);
    }
    hzPerBin = sampleRate / nFft;
  }

  /**
   * Power from 1 to 5 kHz over power from 50 Hz to 1 kHz.
   *
   * @param power spectrum by bin, shape [1 + nFft / 2]
   * @return in dB, mostly below 0 for vowels; 0 for silence
   */
  public double alphaRatioDb(float[] power) {
    return decibels(sum(power, ALPHA_HZ, F_MAX_HZ)) - decibels(sum(power, F_MIN_HZ, ALPHA_HZ));
  }

  /**
   * The highest peak from 50 Hz to 2 kHz over the highest from 2 to 5 kHz.
   *
   * @param power spectrum by bin, shape [1 + nFft / 2]
   * @return in dB, mostly above 0 for vowels; 0 for silence
   */
  public double hammarbergIndexDb(float[] power) {
    return decibels(peak(power, F_MIN_HZ, HAMMARBERG_HZ))
        - decibels(peak(power, HAMMARBERG_HZ, F_MAX_HZ));
  }

  /**
   * The slope of the line through the spectrum in dB, without the bin at 0 Hz.
   *
   * @param power spectrum by bin, shape [1 + nFft / 2]
   * @return in dB/Hz
   */
  public double slope(float[] power, double fromHz, double toHz) {
    LineFit line = new LineFit();
    for (int k = Math.max(1, bin(fromHz)); k < bin(toHz); k++) {
      line.add(k * hzPerBin, decibels(power[k]));
    }
    return line.slope();
  }

  private double sum(float[] power, double fromHz, double toHz) {
    double sum = 0;
    for (int k = bin(fromHz); k < bin(toHz); k++) {
      sum += power[k];
    }
    return sum;
  }

  private double peak(float[] power, double fromHz, double toHz) {
    double peak = 0;
    for (int k = bin(fromHz); k < bin(toHz); k++) {
      peak = Math.max(peak, power[k]);
    }
    return peak;
  }

  /** The first bin at a frequency or above. */
  private int bin(double hz) {
    return (int) Math.ceil(hz / hzPerBin);
  }

  private static double decibels(double power) {
    return 10 * Math.log10(Math.max(MIN_POWER, power));
  }
}
