package affetto.train;

import affetto.model.EmotionNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What Deeplearning4j keeps of a network in training beside its parameters, in plain numbers.
 *
 * @param numbers the optimizer's, in Deeplearning4j's order; empty with plain gradient descent
 * @param iterations steps so far
 * @param passes that its Spark module has counted
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier on the way to a TrainingState
record OptimizerState(float[] numbers, int iterations, int passes) {

  /** A copy of a network's. */
  static OptimizerState of(EmotionNetwork network) {
    INDArray numbers = network.graph().getUpdater().getStateViewArray();
    ComputationGraphConfiguration counters = network.graph().getConfiguration();
    return new OptimizerState(
        numbers == null ? new float[0] : numbers.dup().data().asFloat(),
        counters.getIterationCount(),
        counters.getEpochCount());
  }

  /**
   * Puts it into a network of the same layers.
   *
   * @throws IllegalArgumentException if the network's optimizer has another number of numbers
   */
  void putInto(EmotionNetwork network) {
    INDArray theirs = network.graph().getUpdater().getStateViewArray();
    long wanted = theirs == null ? 0 : theirs.length();
    if (wanted != numbers.length) {
      throw new IllegalArgumentException(
          "the optimizer has %d numbers, not %d".formatted(wanted, numbers.length));
    }
    if (wanted > 0) {
      INDArray row = Nd4j.createFromArray(numbers).reshape(1, numbers.length);
      network.graph().getUpdater().setStateViewArray(row);
    }
    ComputationGraphConfiguration counters = network.graph().getConfiguration();
    counters.setIterationCount(iterations);
    counters.setEpochCount(passes);
  }
}
