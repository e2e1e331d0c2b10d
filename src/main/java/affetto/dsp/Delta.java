package affetto.dsp;

import java.util.Arrays;

/**
 * How a contour changes from frame to frame: the derivative of the polynomial that comes nearest to
 * the frames around each, in the sense of least squares (Savitzky and Golay), of the same degree as
 * the derivative's order.
 *
 * <p>The first and last frames have the derivative of the polynomial through the first and last
 * {@code width}; and where there are fewer frames than that, which the original refuses, all have
 * that of the polynomial through all of them, or 0 where they are too few for it.
 *
 * <p>Immutable; may be shared.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.feature.delta.html">
 *     librosa.feature.delta 0.11 with mode='interp'</a>
 */
public final class Delta {
  private final int order;
  private final double[] weights;

  /**
   * Makes the filter.
   *
   * @param width frames that are looked at, odd, at least 3 and above the order
   * @param order which derivative, at least 1
   */
  public Delta(int width, int order) {
    if (width < 3 || width % 2 == 0 || order < 1 || order >= width) {
      throw new IllegalArgumentException(
          "no derivative of order %d from %d frames".formatted(order, width));
    }
    this.order = order;
    weights = weights(width, order);
  }

  /**
   * The weights of points at equal steps. The leading coefficient of their polynomial is their
   * product with the orthogonal polynomial of its degree over that one's square.
   */
  private static double[] weights(int points, int order) {
    double[] before = new double[points];
    double[] polynomial = new double[points];
    Arrays.fill(polynomial, 1);
    double square = points;
    double squareBefore = 1;
    double factorial = 1;
    for (int degree = 1; degree <= order; degree++) {
      double[] next = new double[points];
      double nextSquare = 0;
      for (int i = 0; i < points; i++) {
        double x = i - (points - 1) / 2.0;
        next[i] = x * polynomial[i] - square / squareBefore * before[i];
        nextSquare += next[i] * next[i];
      }
      before = polynomial;
      polynomial = next;
      squareBefore = square;
      square = nextSquare;
      factorial *= degree;
    }
    for (int i = 0; i < points; i++) {
      polynomial[i] *= factorial / square;
    }
    return polynomial;
  }

  /**
   * Derives one contour.
   *
   * @param contour shape [at least frames]
   * @param frames number of frames, at least 1
   * @param delta receives the derivative by frame, shape [at least frames]
   */
  public void apply(double[] contour, int frames, double[] delta) {
    Arrays.fill(delta, 0, frames, 0);
    if (frames <= order) {
      return;
    }
    double[] fitting = frames < weights.length ? weights(frames, order) : weights;
    int before = fitting.length / 2;
    int count = frames - fitting.length + 1;
    for (int i = 0; i < fitting.length; i++) {
      addWeighted(contour, i, fitting[i], delta, before, count);
    }
    // A derivative of the polynomial's own degree is the same wherever it is taken.
    Arrays.fill(delta, 0, before, delta[before]);
    Arrays.fill(delta, before + count, frames, delta[before + count - 1]);
  }

  private static void addWeighted(
      double[] a, int from, double weight, double[] sum, int at, int n) {
    for (int i = 0; i < n; i++) {
      sum[at + i] += weight * a[from + i];
    }
  }
}
