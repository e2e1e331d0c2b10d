package affetto.train;

import affetto.model.Backend;
import affetto.model.EmotionNetwork;
import java.util.List;

/**
 * What training made.
 *
 * @param network with the parameters of {@code bestEpoch}
 * @param epochs what happened
 * @param bestEpoch from 1: the one with the best validation UAR where early stopping is on, else
 *     the last
 * @param rowsPerSecond training rows of all epochs over the time they took
 * @param waitingShare of the workers' time they waited for input, mean over the epochs that this
 *     process ran, 0 to 1
 * @param backend what ND4J computed with, by executor where they differ; with the reason where it
 *     was the CPU instead of a GPU
 */
public record TrainingOutcome(
    EmotionNetwork network,
    List<EpochReport> epochs,
    int bestEpoch,
    double rowsPerSecond,
    double waitingShare,
    String backend) {

  public TrainingOutcome {
    epochs = List.copyOf(epochs);
  }

  /** Made in this process. */
  TrainingOutcome(
      EmotionNetwork network,
      List<EpochReport> epochs,
      int bestEpoch,
      double rowsPerSecond,
      double waitingShare) {
    this(network, epochs, bestEpoch, rowsPerSecond, waitingShare, Backend.name());
  }

  /** The same, made by executors. */
  TrainingOutcome on(Stations stations) {
    return stations.isEmpty()
        ? this
        : new TrainingOutcome(
            network, epochs, bestEpoch, rowsPerSecond, waitingShare, stations.backends());
  }
}
