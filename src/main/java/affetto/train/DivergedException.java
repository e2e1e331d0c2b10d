package affetto.train;

/** Training ran away. The message says when, at which learning rate, and how that showed. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int epoch;
  private final double learningRate;

  DivergedException(int epoch, double learningRate, String sign) {
    super(
        "training diverged in epoch %d at learning rate %s: %s"
            .formatted(epoch, learningRate, sign));
    this.epoch = epoch;
    this.learningRate = learningRate;
  }

  /** From 1. */
  public int epoch() {
    return epoch;
  }

  /** Of that epoch. */
  public double learningRate() {
    return learningRate;
  }
}
