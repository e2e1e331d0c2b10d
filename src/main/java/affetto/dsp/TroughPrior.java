package affetto.dsp;

import java.util.Arrays;

/**
 * How probable each trough of a frame's difference function is to be at the period. Not one
 * threshold decides, but many, each with the probability that a beta distribution gives it: below
 * each the troughs share its probability, the earlier ones taking more by a truncated Boltzmann
 * distribution over their order.
 *
 * <p>One instance per thread.
 *
 * @see <a href="https://doi.org/10.1109/ICASSP.2014.6853678">Mauch and Dixon 2014, pYIN; as the
 *     authors' program and librosa have it, which prefer earlier troughs where the paper takes the
 *     first</a>
 */
final class TroughPrior {
  private final double[] thresholds;
  private final double[] ofThreshold;
  private final double[] upToThreshold;
  private final double noTroughProb;
  private final double boltzmann;
  private double[] ofOrder = new double[0];
  private double[] ofOrders = new double[0];

  TroughPrior(PyinParameters parameters) {
    int count = parameters.nThresholds();
    BetaDistribution beta = new BetaDistribution(parameters.betaA(), parameters.betaB());
    thresholds = new double[count];
    ofThreshold = new double[count];
    upToThreshold = new double[count + 1];
    double before = 0;
    for (int i = 0; i < count; i++) {
      thresholds[i] = i == count - 1 ? 1 : (i + 1) * (1.0 / count);
      double here = beta.cumulative(thresholds[i]);
      ofThreshold[i] = here - before;
      upToThreshold[i + 1] = upToThreshold[i] + ofThreshold[i];
      before = here;
    }
    noTroughProb = parameters.noTroughProb();
    boltzmann = parameters.boltzmann();
  }

  /**
   * Weighs the troughs of one frame.
   *
   * @param heights of the troughs in order of their period
   * @param count how many there are, from the first
   * @param out receives their probabilities, 0 to 1, which sum to at most 1
   */
  void weigh(double[] heights, int count, double[] out) {
    prepare(count);
    Arrays.fill(out, 0, count, 0);
    int unreached = 0;
    for (int i = 0; i < thresholds.length; i++) {
      int below = 0;
      for (int k = 0; k < count; k++) {
        below += heights[k] < thresholds[i] ? 1 : 0;
      }
      unreached += below == 0 ? 1 : 0;
      int order = 0;
      for (int k = 0; k < count && order < below; k++) {
        if (heights[k] < thresholds[i]) {
          out[k] += ofOrder[order] / ofOrders[below] * ofThreshold[i];
          order++;
        }
      }
    }
    if (count > 0) {
      out[deepest(heights, count)] += noTroughProb * upToThreshold[unreached];
    }
  }

  private static int deepest(double[] heights, int count) {
    int deepest = 0;
    for (int k = 1; k < count; k++) {
      if (heights[k] < heights[deepest]) {
        deepest = k;
      }
    }
    return deepest;
  }

  /** The Boltzmann distribution over as many orders: its terms and their sums, both unscaled. */
  private void prepare(int count) {
    if (count <= ofOrder.length) {
      return;
    }
    ofOrder = new double[count];
    ofOrders = new double[count + 1];
    for (int order = 0; order < count; order++) {
      ofOrder[order] = Math.exp(-boltzmann * order) * -Math.expm1(-boltzmann);
      ofOrders[order + 1] = -Math.expm1(-boltzmann * (order + 1));
    }
  }
}
