package affetto.train;

/** Training ran away: the loss is not a number any more. The message says when, and what to try. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(int epoch, double learningRate) {
    super(
        "training diverged in epoch %d: the loss is not a number; try a learning rate below %s"
            .formatted(epoch, learningRate));
  }
}
