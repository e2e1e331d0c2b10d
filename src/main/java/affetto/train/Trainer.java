package affetto.train;

import affetto.model.NetworkSpec;

/** Trains a network on the rows the trainer was made with. */
public interface Trainer {

  /**
   * Trains.
   *
   * @param network what to train; its learning rate gives way to the training's
   * @param training how
   * @param watch the clock, and who is told
   * @return the same for the same arguments and rows, whatever the order or partitioning of the
   *     rows
   * @throws DivergedException if the loss or a parameter stops being a number
   */
  TrainingOutcome train(NetworkSpec network, TrainingSpec training, TrainingWatch watch);
}
