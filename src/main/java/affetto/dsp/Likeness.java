package affetto.dsp;

/**
 * How alike a stretch of a recording is to the stretch some samples later: the correlation of the
 * two, each scaled to the same energy. The lag at which they are most alike is the period.
 *
 * @param lag in samples, between two of them by a parabola; negative where the other stretch is
 *     earlier
 * @param correlation there, -1 to 1; 0 where either stretch is silent
 */
public record Likeness(double lag, double correlation) {

  /**
   * Compares a stretch with those at all lags of a range; samples beyond the ends are zeros.
   *
   * @param samples shape [n]
   * @param start first sample of the stretch
   * @param length of the stretch, at least 1
   * @param minLag first lag
   * @param maxLag last lag, at least the first
   * @return the best lag
   */
  public static Likeness best(float[] samples, int start, int length, int minLag, int maxLag) {
    int best = minLag;
    double highest = Double.NEGATIVE_INFINITY;
    for (int lag = minLag; lag <= maxLag; lag++) {
      double correlation = correlation(samples, start, length, lag);
      if (correlation > highest) {
        best = lag;
        highest = correlation;
      }
    }
    double before = correlation(samples, start, length, best - 1);
    double after = correlation(samples, start, length, best + 1);
    double bend = before + after - 2 * highest;
    double slope = (after - before) / 2;
    if (bend >= 0 || Math.abs(slope) > -bend) {
      return new Likeness(best, highest);
    }
    double shift = -slope / bend;
    return new Likeness(best + shift, Math.min(1, highest + slope * shift / 2));
  }

  private static double correlation(float[] samples, int start, int length, int lag) {
    double energy = 0;
    double otherEnergy = 0;
    double product = 0;
    // Where one stretch lies outside, only the other one's energy is left.
    for (int i = start; i < start + length; i++) {
      double here = i >= 0 && i < samples.length ? samples[i] : 0;
      int j = i + lag;
      double there = j >= 0 && j < samples.length ? samples[j] : 0;
      energy += here * here;
      otherEnergy += there * there;
      product += here * there;
    }
    double scale = Math.sqrt(energy) * Math.sqrt(otherEnergy);
    return scale > 0 ? product / scale : 0;
  }
}
