package affetto.feature;

import java.util.Arrays;

/**
 * Numbers in order, and their statistics. Those of no numbers are 0: where nothing was heard, a row
 * has a neutral value rather than none.
 */
final class Series {
  private double[] values = new double[64];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  /** A copy, shape [size]. */
  double[] toArray() {
    return Arrays.copyOf(values, size);
  }

  double mean() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return size == 0 ? 0 : sum / size;
  }

  /** Of the numbers as all there are: divided by their count, not by one less. */
  double stddev() {
    double mean = mean();
    double squares = 0;
    for (int i = 0; i < size; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return size == 0 ? 0 : Math.sqrt(squares / size);
  }

  /** The coefficient of variation, for numbers of a scale that starts at 0. */
  double stddevNorm() {
    double mean = mean();
    return mean > 0 ? stddev() / mean : 0;
  }

  /**
   * A percentile, in a straight line between the nearest ranks.
   *
   * @param percent 0 to 100
   * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.percentile.html">
   *     numpy.percentile</a>
   */
  double percentile(double percent) {
    if (size == 0) {
      return 0;
    }
    double[] sorted = toArray();
    Arrays.sort(sorted);
    double rank = percent / 100 * (size - 1);
    int below = (int) rank;
    int above = Math.min(size - 1, below + 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }
}
