package affetto.feature;

/**
 * Smooths a contour: each value becomes the mean of itself and its neighbours, of fewer at the
 * ends.
 *
 * @param frames how many values at once, odd
 */
record MovingAverage(int frames) {

  double[] of(double[] contour) {
    double[] smooth = new double[contour.length];
    int reach = frames / 2;
    for (int t = 0; t < contour.length; t++) {
      int from = Math.max(0, t - reach);
      int to = Math.min(contour.length - 1, t + reach);
      double sum = 0;
      for (int i = from; i <= to; i++) {
        sum += contour[i];
      }
      smooth[t] = sum / (to - from + 1);
    }
    return smooth;
  }
}
