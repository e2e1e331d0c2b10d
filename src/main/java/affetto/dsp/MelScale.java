package affetto.dsp;

/**
 * The mel scale of Slaney's Auditory Toolbox: linear below 1 kHz, logarithmic above.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.hz_to_mel.html">librosa.hz_to_mel
 *     0.11 with htk=False</a>
 */
public final class MelScale {
  private static final double HZ_PER_MEL = 200.0 / 3;
  private static final double BREAK_HZ = 1000;
  private static final double BREAK_MEL = BREAK_HZ / HZ_PER_MEL;
  private static final double LOG_STEP = Math.log(6.4) / 27;

  private MelScale() {}

  /** From a frequency in Hz, at least 0. */
  public static double fromHz(double hz) {
    return hz < BREAK_HZ ? hz / HZ_PER_MEL : BREAK_MEL + Math.log(hz / BREAK_HZ) / LOG_STEP;
  }

  /** To a frequency in Hz. */
  public static double toHz(double mel) {
    return mel < BREAK_MEL ? mel * HZ_PER_MEL : BREAK_HZ * Math.exp(LOG_STEP * (mel - BREAK_MEL));
  }

  /**
   * Frequencies at equal steps of mel.
   *
   * @param count at least 2
   * @return in Hz, ascending, from fMinHz to fMaxHz, shape [count]
   */
  public static double[] frequencies(int count, double fMinHz, double fMaxHz) {
    double low = fromHz(fMinHz);
    double step = (fromHz(fMaxHz) - low) / (count - 1);
    double[] hz = new double[count];
    for (int i = 0; i < count; i++) {
      hz[i] = toHz(low + i * step);
    }
    return hz;
  }
}
