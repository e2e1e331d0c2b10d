package affetto.dsp;

/**
 * The frequency response of a symmetric impulse response; real, since that has no delay.
 *
 * <p>Immutable; may be shared.
 */
final class SymmetricResponse {
  private final double[] heights;
  private final double step;

  private SymmetricResponse(double[] heights, double step) {
    this.heights = heights;
    this.step = step;
  }

  /**
   * That of a low-pass filter in discrete time.
   *
   * @param cutOff of the filter, in units of half the rate
   * @param rate samples per second
   */
  static SymmetricResponse of(KaiserSinc kernel, double cutOff, double rate) {
    double[] heights = new double[(int) kernel.reach() + 1];
    for (int i = 0; i < heights.length; i++) {
      heights[i] = (i == 0 ? 1 : 2) * kernel.at(i, cutOff);
    }
    return new SymmetricResponse(heights, 1 / rate);
  }

  /** The gain at a frequency: a sum of cosines, by Chebyshev's recurrence for multiples. */
  double at(double hz) {
    double cosine = Math.cos(2 * Math.PI * hz * step);
    double before = cosine;
    double here = 1;
    double sum = 0;
    for (double height : heights) {
      sum += height * here;
      double next = 2 * cosine * here - before;
      before = here;
      here = next;
    }
    return sum;
  }
}
