package affetto.dsp;

/**
 * The beta distribution, by the continued fraction of its distribution function.
 *
 * @param a first shape, above 0
 * @param b second shape, above 0
 * @see <a href="https://dlmf.nist.gov/8.17#v">DLMF 8.17.22, continued fraction of the incomplete
 *     beta function</a>
 */
record BetaDistribution(double a, double b) {
  private static final double PRECISION = 1e-16;
  private static final int MAX_TERMS = 10_000;

  /**
   * The probability of at most {@code x}.
   *
   * @param x from 0 to 1
   */
  double cumulative(double x) {
    // The fraction converges fast up to about the mean; beyond, the other tail is the short one.
    double mean = a / (a + b);
    double whole = tail(mean, a, b) + tail(1 - mean, b, a);
    return x <= mean ? tail(x, a, b) / whole : 1 - tail(1 - x, b, a) / whole;
  }

  /** The integral of the unscaled density from 0 to x, relative to the density at the mean. */
  private static double tail(double x, double a, double b) {
    if (x <= 0) {
      return 0;
    }
    double mean = a / (a + b);
    double power = a * Math.log(x / mean) + b * Math.log((1 - x) / (1 - mean));
    return Math.exp(power) / (a * fraction(x, a, b));
  }

  /** Lentz's algorithm, from the front. */
  private static double fraction(double x, double a, double b) {
    double numerator = 1;
    double denominator = 0;
    double value = 1;
    for (int term = 1; term <= MAX_TERMS; term++) {
      int m = term / 2;
      double coefficient =
          term % 2 == 0
              ? m * (b - m) * x / ((a + term - 1) * (a + term))
              : -(a + m) * (a + b + m) * x / ((a + term - 1) * (a + term));
      denominator = 1 / nonzero(1 + coefficient * denominator);
      numerator = nonzero(1 + coefficient / numerator);
      double change = numerator * denominator;
      value *= change;
      if (Math.abs(change - 1) < PRECISION) {
        break;
      }
    }
    return value;
  }

  private static double nonzero(double value) {
    return value == 0 ? Double.MIN_NORMAL : value;
  }
}
