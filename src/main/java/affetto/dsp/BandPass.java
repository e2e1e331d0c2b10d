package affetto.dsp;

/** Band-pass filters that are linear in phase: a sinc under a Kaiser window for each edge. */
public final class BandPass {
  // Kaiser's formulas ("Nonrecursive digital filter design using the I0-sinh window function",
  // 1974)
  // for 62 dB, since what two edges leave adds up.
  private static final double BETA = 5.874;
  private static final double LENGTH_TIMES_WIDTH = 3.764;

  private BandPass() {}

  /**
   * A filter that passes the band within 0.02 dB and stops, with at least 60 dB, what lies more
   * than a transition outside of it.
   *
   * @param sampleRate samples per second
   * @param lowHz lower edge of the band, at least the transition
   * @param highHz upper edge of the band, above the lower and at most half the sample rate less the
   *     transition
   * @param transitionHz width of the slope beyond each edge, above 0
   * @return shape [m], m odd, symmetric about its middle: what {@link Convolver} takes, with a
   *     delay of m / 2
   */
  public static double[] taps(double sampleRate, double lowHz, double highHz, double transitionHz) {
    double nyquist = sampleRate / 2;
    if (!(transitionHz > 0
        && lowHz >= transitionHz
        && highHz > lowHz
        && highHz + transitionHz <= nyquist)) {
      throw new IllegalArgumentException(
          "no band from %s to %s Hz with slopes of %s Hz at %s samples per second"
              .formatted(lowHz, highHz, transitionHz, sampleRate));
    }
    int reach = (int) Math.ceil(LENGTH_TIMES_WIDTH * sampleRate / transitionHz / 2);
    KaiserSinc response = new KaiserSinc(reach, BETA);
    double[] taps = new double[2 * reach + 1];
    for (int i = 0; i < taps.length; i++) {
      taps[i] =
          response.at(i - reach, (highHz + transitionHz / 2) / nyquist)
              - response.at(i - reach, (lowHz - transitionHz / 2) / nyquist);
    }
    return taps;
  }
}
