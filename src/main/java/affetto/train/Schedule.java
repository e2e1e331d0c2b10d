package affetto.train;

/** The learning rate of each epoch. */
interface Schedule {

  /** The next epoch's. */
  double learningRate();

  /** Takes note of an epoch's mean training loss. */
  void epoch(double loss);
}
