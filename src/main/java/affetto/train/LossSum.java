package affetto.train;

import java.io.Serializable;

/**
 * Sum of the losses of rows, in millionths: integers, so that workers' sums can be added in any
 * order.
 *
 * @param millionths the sum
 * @param rows how many; less than were trained on where {@code broken}
 * @param broken whether a loss was not a number, or so large that it might as well be none
 */
record LossSum(long millionths, long rows, boolean broken) implements Serializable {
  static final LossSum NONE = new LossSum(0, 0, false);

  /** No row's cross-entropy in floats is near it, and sums of what is below stay exact. */
  private static final double BEYOND = 1e4;

  /** Adds a minibatch's mean loss. */
  LossSum plus(double loss, int batchRows) {
    return Math.abs(loss) < BEYOND
        ? new LossSum(millionths + Math.round(loss * batchRows * 1e6), rows + batchRows, broken)
        : new LossSum(millionths, rows, true);
  }

  LossSum plus(LossSum other) {
    return new LossSum(millionths + other.millionths, rows + other.rows, broken || other.broken);
  }

  double mean() {
    return broken ? Double.NaN : millionths / 1e6 / rows;
  }
}
