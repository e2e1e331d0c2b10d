package affetto.train;

/**
 * What came of some steps, and what the workers spent on them.
 *
 * @param loss of their rows
 * @param waited nanoseconds without a minibatch to train on, of all workers together
 * @param trained nanoseconds with one, of all workers together
 */
record Tally(LossSum loss, long waited, long trained) {
  static final Tally NONE = new Tally(LossSum.NONE, 0, 0);

  Tally plus(Tally other) {
    return new Tally(loss.plus(other.loss), waited + other.waited, trained + other.trained);
  }

  /** The share of the workers' time that they waited for input, 0 to 1. */
  double waitingShare() {
    return (double) waited / Math.max(1, waited + trained);
  }

  /**
   * The share of an epoch that workers neither trained nor waited for input, 0 to 1: they were
   * being averaged, or others were not ready.
   *
   * @param workers side by side
   * @param nanoseconds that the epoch took
   */
  double idleShare(int workers, long nanoseconds) {
    double all = Math.max(1.0, (double) workers * nanoseconds);
    return Math.max(0, 1 - (waited + trained) / all);
  }
}
