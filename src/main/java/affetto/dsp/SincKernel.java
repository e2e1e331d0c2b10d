package affetto.dsp;

/**
 * The right half of a windowed sinc, tabulated once. Time is in samples of the lower rate.
 *
 * <p>Cut-off, window and length are chosen so that the response follows soxr's quality HQ: Kaiser
 * window with beta 13 over 200 samples.
 */
final class SincKernel {
  /** Beyond this the kernel is zero. */
  static final int REACH = 100;

  private static final double CUT_OFF = 0.957;
  private static final double BETA = 13;
  private static final int RESOLUTION = 256;
  private static final double[] TABLE = table();

  private SincKernel() {}

  /** The kernel at a time of at least 0, interpolated by a cubic (error below 1e-9). */
  static double at(double time) {
    if (time >= REACH) {
      return 0;
    }
    double position = time * RESOLUTION + 1;
    int i = (int) position;
    double x = position - i;
    double a = TABLE[i - 1];
    double b = TABLE[i];
    double c = TABLE[i + 1];
    double d = TABLE[i + 2];
    return b
        + x
            * ((c - a / 3 - b / 2 - d / 6)
                + x * (0.5 * (a + c) - b + x * ((d - a) / 6 + 0.5 * (b - c))));
  }

  /** Entry i is for the time (i - 1) / RESOLUTION, so that the cubic has neighbours everywhere. */
  private static double[] table() {
    double[] table = new double[REACH * RESOLUTION + 4];
    for (int i = 0; i < table.length; i++) {
      double time = Math.abs(i - 1.0) / RESOLUTION;
      double rest = 1 - (time / REACH) * (time / REACH);
      double window = rest < 0 ? 0 : bessel(BETA * Math.sqrt(rest)) / bessel(BETA);
      double angle = Math.PI * CUT_OFF * time;
      table[i] = CUT_OFF * window * (angle == 0 ? 1 : Math.sin(angle) / angle);
    }
    return table;
  }

  /** The modified Bessel function of the first kind and order 0, by its power series. */
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
