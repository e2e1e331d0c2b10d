package affetto.train;

import java.util.List;

/**
 * All that the rest of a training depends on, after an epoch: who goes on from here comes to the
 * same network as who was never interrupted. The order of the rows is not part of it, being a
 * function of seed and epoch.
 *
 * @param parameters of the network
 * @param optimizer the optimizer's own numbers, Adam's two moments of each parameter; empty with
 *     plain gradient descent
 * @param iterations steps so far: dropout's masks and Adam's corrections are functions of it
 * @param passes as Deeplearning4j counts them, which is part of a saved network
 * @param schedule of the learning rate, as {@link Schedule#state} gives it
 * @param best the parameters after {@code bestEpoch}; empty where early stopping is off
 * @param bestEpoch from 1, 0 where early stopping is off
 * @param reports one for each epoch so far, at least one
 */
@SuppressWarnings("ArrayRecordComponent") // millions of numbers, written once
public record TrainingState(
    float[] parameters,
    float[] optimizer,
    int iterations,
    int passes,
    List<Double> schedule,
    float[] best,
    int bestEpoch,
    List<EpochReport> reports) {

  public TrainingState {
    schedule = List.copyOf(schedule);
    reports = List.copyOf(reports);
  }

  /** The last epoch that was trained, from 1. */
  public int epoch() {
    return reports.size();
  }
}
