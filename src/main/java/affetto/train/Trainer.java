package affetto.train;

import affetto.model.NetworkSpec;

/** Trains a network on the rows the trainer was made with. */
public interface Trainer {

  /**
   * Trains, or goes on training.
   *
   * @param network what to train; its learning rate gives way to the training's
   * @param training how
   * @param checkpoints what to go on from, and where to keep the state after each epoch
   * @param watch the clock, and who is told
   * @return the same for the same arguments and rows, whatever the order or partitioning of the
   *     rows, and wherever it was interrupted and went on
   * @throws DivergedException if the loss or a parameter stops being a number, or the loss
   *     explodes; the last state that was kept is from before
   * @throws IllegalArgumentException if the state to go on from is another network's
   */
  TrainingOutcome train(
      NetworkSpec network, TrainingSpec training, Checkpoints checkpoints, TrainingWatch watch);

  /** Trains from the beginning, and keeps nothing. */
  default TrainingOutcome train(NetworkSpec network, TrainingSpec training, TrainingWatch watch) {
    return train(network, training, Checkpoints.NONE, watch);
  }
}
