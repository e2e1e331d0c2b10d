package affetto.train;

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
 */
public record TrainingOutcome(
    EmotionNetwork network, List<EpochReport> epochs, int bestEpoch, double rowsPerSecond) {

  public TrainingOutcome {
    epochs = List.copyOf(epochs);
  }
}
