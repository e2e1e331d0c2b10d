package affetto.dsp;

/**
 * A low-pass filter's impulse response in continuous time: a sinc under a Kaiser window.
 *
 * <p>Immutable; may be shared.
 */
final class KaiserSinc {
  private static final int RESOLUTION = 1024;

  private final double reach;
  private final double[] window;

  /**
   * Tabulates the window.
   *
   * @param reach beyond this time, either way, the response is zero
   * @param beta of the window: the greater, the lower the ripples and the wider the transition
   */
  KaiserSinc(double reach, double beta) {
    this.reach = reach;
    // Entry i is for the time (i - 1) / RESOLUTION of the reach: the cubic needs a neighbour.
    window = new double[RESOLUTION + 4];
    for (int i = 0; i < window.length; i++) {
      double time = (i - 1.0) / RESOLUTION;
      window[i] = time > 1 ? 0 : bessel(beta * Math.sqrt(1 - time * time)) / bessel(beta);
    }
  }

  /** Half the length of the response. */
  double reach() {
    return reach;
  }

  /**
   * The response.
   *
   * @param time in samples
   * @param cutOff where the filter has fallen by 6 dB, in units of half the sample rate
   */
  double at(double time, double cutOff) {
    double distance = Math.abs(time);
    if (distance >= reach) {
      return 0;
    }
    double angle = Math.PI * cutOff * distance;
    double sinc = angle < 1e-9 ? 1 : Math.sin(angle) / angle;
    return cutOff * sinc * windowAt(distance / reach);
  }

  /** Its error is below 1e-10. */
  private double windowAt(double share) {
    double position = share * RESOLUTION + 1;
    return Cubic.at(window, (int) position, position - (int) position);
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
