package affetto.train;

/** Lowers the learning rate when the training loss stalls. Counts epochs, so it has state. */
final class Plateau implements Schedule {

  /** A smaller gain counts as none, as in Keras. */
  private static final double LEAST_GAIN = 1e-4;

  private final double factor;
  private final int patience;
  private double learningRate;
  private double best = Double.POSITIVE_INFINITY;
  private int stalled;

  Plateau(double learningRate, double factor, int patience) {
    this.learningRate = learningRate;
    this.factor = factor;
    this.patience = patience;
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  @Override
  public void epoch(double loss) {
    if (loss < best - LEAST_GAIN) {
      best = loss;
      stalled = 0;
    } else if (++stalled >= patience) {
      learningRate *= factor;
      stalled = 0;
    }
  }
}
