package affetto.dsp;

/**
 * The filters of the soxr library at its quality HQ, with which librosa resamples: one steep filter
 * where the rates are in a simple ratio; otherwise a steep one and a short one that interpolates,
 * whose fall towards the band's edge can be seen in features.
 *
 * <p>Kaiser's windows, with soxr's choice of band edges, attenuation and length. For ratios upwards
 * of more than 4, and of 3 or 4 to another number, soxr has other stages; its response is then met
 * within -60 dB only.
 *
 * <p>Immutable; may be shared.
 */
final class SoxrDesign {
  /** Where the steep filter stands. */
  enum Order {
    /** There is no other. */
    ALONE,
    FIRST,
    LAST
  }

  private static final double BITS = 20;
  private static final double DB_PER_BIT = 20 * Math.log10(2);
  private static final double PASS_END = 0.913744;

  /** By which the interpolating filter may fall at the pass band's end, in dB. */
  private static final double ROLL_OFF_DB = -0.01;

  /** Of Kaiser's parameter: see {@link #beta}. */
  private static final double[][] FITS = {
    {-0.8978365, 0.1087556, 1.02856e-05, -6.784957e-10},
    {-0.8974658, 0.10876, 1.027433e-05, -6.897885e-10},
    {-0.8977898, 0.1087677, 1.030092e-05, -1.000683e-09},
    {-0.8917766, 0.1087085, 1.040631e-05, -3.654474e-10},
    {-0.9022048, 0.1091387, 6.983091e-06, 8.106988e-09},
    {-0.8890768, 0.1090068, 7.272678e-06, 9.519571e-09},
    {-0.8565452, 0.1083999, 1.342186e-05, -5.626821e-09},
    {-0.6822778, 0.1040967, 5.073548e-05, -9.965946e-08},
    {-1.24824, 0.1185998, -5.856462e-05, 1.604808e-07},
    {-0.8076665, 0.1064627, 6.363034e-05, -1.511964e-07},
  };

  private final Order order;
  private final double stopHz;
  private SymmetricResponse steep;
  private double reachSeconds;
  private KaiserSinc kernel;
  private double cutOff;

  /**
   * Designs the filters.
   *
   * @param fromRate samples per second that come in
   * @param toRate samples per second that go out
   */
  SoxrDesign(double fromRate, double toRate) {
    stopHz = Math.min(fromRate, toRate) / 2;
    double rate = fromRate;
    while (rate / toRate >= 4) {
      // soxr halves the rate first, by filters whose fall cannot be seen.
      rate /= 2;
    }
    double ratio = rate / toRate;
    double one = (BITS + 1 + (rate == fromRate ? 0 : 1)) * DB_PER_BIT;
    double two = one + DB_PER_BIT;
    double interpolating = (BITS + 2) * DB_PER_BIT;
    int up = ratio < 2 ? 2 : 1;
    if (isSimple(ratio)) {
      order = Order.ALONE;
      up = isWhole(ratio) ? 1 : 2;
      makeSteep(up * rate, Math.max(up, up * ratio), one);
    } else if (ratio > 1.5 && ratio < 2) {
      order = Order.LAST;
      makeSteep(2 * toRate, 2, two);
      makeInterpolating(PASS_END, 3, ratio, true, interpolating);
    } else {
      order = Order.FIRST;
      double scale = Math.max(up, up * ratio);
      makeSteep(up * rate, scale, two);
      double image = 2 - (PASS_END + (1 - PASS_END) * 0.7) / scale;
      makeInterpolating(PASS_END / scale, image, 1, ratio < 1, interpolating);
    }
  }

  /** Whether one stage does it: by a whole number, or 1 to 2, or 3 to 2. */
  private static boolean isSimple(double ratio) {
    return isWhole(ratio) || ratio == 0.5 || ratio == 1.5;
  }

  private static boolean isWhole(double ratio) {
    return ratio == Math.rint(ratio);
  }

  /**
   * Designs the filter that stops at half the lower of two rates.
   *
   * @param rate at which it works
   * @param scale how many times the lower rate that is
   * @param attenuation in dB
   */
  private void makeSteep(double rate, double scale, double attenuation) {
    double transition = (1 - PASS_END) / scale / 2;
    double centre = 1 / scale - transition;
    double beta = beta(attenuation, transition / 2 / centre);
    int taps = (int) Math.ceil(width(beta) / transition + 1);
    // One more than a multiple of four.
    int middle = (taps + 2) / 4 * 2;
    KaiserSinc sinc = new KaiserSinc(middle + 0.5, beta);
    steep = SymmetricResponse.of(sinc, centre, rate);
    reachSeconds = sinc.reach() / rate;
  }

  /**
   * Designs the filter that interpolates.
   *
   * @param passEnd of what it lets pass, in units of half the rate that comes in
   * @param stopBegin of what it stops, likewise
   * @param scale by which both are too large
   * @param oddToo whether its taps may be odd in number
   * @param attenuation in dB
   */
  private void makeInterpolating(
      double passEnd, double stopBegin, double scale, boolean oddToo, double attenuation) {
    double pass = stopBegin - (stopBegin - passEnd) / (1 - edge(attenuation));
    double transition = (stopBegin - pass) / 2 / scale;
    cutOff = stopBegin / scale - transition;
    double beta = beta(attenuation, transition / 2 / cutOff);
    int taps = (int) (width(beta) / transition) + 1;
    taps += oddToo ? 0 : taps & 1;
    kernel = new KaiserSinc(taps / 2.0, beta);
  }

  /** Where the steep filter stands. */
  Order order() {
    return order;
  }

  /** Length of the steep filter's impulse response, to one side. */
  double reachSeconds() {
    return reachSeconds;
  }

  /**
   * The steep filter's gain; real, since its impulse response is symmetric.
   *
   * @return 0 from half the lower rate on, where it is below -126 dB
   */
  double gain(double hz) {
    return hz < stopHz ? steep.at(hz) : 0;
  }

  /** The filter that interpolates; null where there is none. */
  KaiserSinc kernel() {
    return kernel;
  }

  /** Of the filter that interpolates, in units of half the rate that comes in to it. */
  double cutOff() {
    return cutOff;
  }

  /**
   * The parameter of Kaiser's window, by cubics in the attenuation that soxr's author fitted for
   * transitions of 0.0005 of half the rate, twice that, and so on.
   */
  private static double beta(double attenuation, double transition) {
    double octave = Math.log(transition / 0.0005) / Math.log(2);
    int last = FITS.length - 1;
    double low = cubic(FITS[Math.min((int) octave, last)], attenuation);
    double high = cubic(FITS[Math.min((int) octave + 1, last)], attenuation);
    return low + (high - low) * (octave - (int) octave);
  }

  /** Length of the window times the width of the transition. */
  private static double width(double beta) {
    return cubic(new double[] {0.06186902, 0.6248022, 0.0007528358, -1.577737e-05}, beta);
  }

  /** Where in a transition from pass to stop band the response has fallen by the roll-off. */
  private static double edge(double attenuation) {
    double scale = cubic(new double[] {0.55924, 0.023154, -1.1303e-04, 2.0517e-07}, attenuation);
    double power = Math.log(0.5) / Math.log(Math.sin(scale / 2));
    double fall = 1 - Math.pow(10, ROLL_OFF_DB / 20);
    return Math.asin(Math.pow(fall, 1 / power)) / scale;
  }

  private static double cubic(double[] terms, double x) {
    return ((terms[3] * x + terms[2]) * x + terms[1]) * x + terms[0];
  }
}
