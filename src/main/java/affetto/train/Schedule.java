package affetto.train;

import java.util.List;

/** The learning rate's course over the epochs of one training. */
interface Schedule {

  /** The learning rate of the coming epoch. */
  double learningRate();

  /** Takes an epoch's mean training loss; the learning rate is then the next epoch's. */
  void epoch(double loss);

  /** What the rest of the course depends on, besides the settings that it was made with. */
  List<Double> state();

  /**
   * Goes on from what {@link #state} gave, under settings that may have changed since.
   *
   * @throws IllegalArgumentException if these numbers are not of such a schedule
   */
  void restore(List<Double> state);
}
