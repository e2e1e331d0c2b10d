package affetto.train;

import affetto.model.EmotionNetwork;
import java.util.List;
import java.util.stream.Collectors;

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
 */
public record TrainingOutcome(
    EmotionNetwork network,
    List<EpochReport> epochs,
    int bestEpoch,
    double rowsPerSecond,
    double waitingShare) {

  public TrainingOutcome {
    epochs = List.copyOf(epochs);
  }

  /**
   * What ND4J computed with, as the epochs' reports have it; one after the other where a training
   * went on elsewhere.
   */
  public String backend() {
    return epochs.stream()
        .map(EpochReport::backend)
        .distinct()
        .collect(Collectors.joining(", then "));
  }
}
