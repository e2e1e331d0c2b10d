package affetto.dsp;

/** The straight line that comes nearest to points by least squares. */
public final class LineFit {
  private int count;
  private double meanX;
  private double meanY;
  private double squaresX;
  private double products;

  /** Adds a point. */
  public void add(double x, double y) {
    // Welford's update: no difference of large sums.
    count++;
    double fromMeanX = x - meanX;
    meanX += fromMeanX / count;
    meanY += (y - meanY) / count;
    squaresX += fromMeanX * (x - meanX);
    products += fromMeanX * (y - meanY);
  }

  /** The slope, in units of y by units of x; 0 where fewer than two x leave it open. */
  public double slope() {
    return squaresX > 0 ? products / squaresX : 0;
  }
}
