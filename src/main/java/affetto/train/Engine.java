package affetto.train;

import affetto.model.EmotionNetwork;

/** Trains workers side by side, and brings them together after each round. */
interface Engine extends AutoCloseable {

  /**
   * Trains for one epoch.
   *
   * @param network what all workers begin with; it has their average after
   * @param epoch from 1
   * @param learningRate of the epoch
   */
  Tally pass(EmotionNetwork network, int epoch, double learningRate);

  /** Gives back what the executors hold. */
  @Override
  void close();
}
