package affetto.model;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Filters as a standardised block convolves with them: each brought to mean 0 and to a length at
 * which convolution and ReLU keep the variance of independent inputs, then scaled by its gain
 * (scaled weight standardization; Brock, De and Smith, "Characterizing signal propagation to close
 * the performance gap in unnormalized ResNets", 2021).
 *
 * <p>It does what batch normalisation is for, but knows nothing of the batch: no statistics to keep
 * between training and inference, none that averaging over workers would get wrong, and the work
 * grows with the filters, not with the clips.
 *
 * @param unit centred filters of length 1, shape [cells of a filter x filters]
 * @param length of the centred filters, shape [filters]
 */
record StandardisedFilters(INDArray unit, INDArray length) {

  /** Divides the deviation of ReLU's output, for a standard normal input: sqrt(2 / (1 - 1/pi)). */
  private static final double RELU = Math.sqrt(2 / (1 - 1 / Math.PI));

  private static final double LEAST_LENGTH = 1e-6;

  /**
   * Standardises.
   *
   * @param weights shape [height x width x channels x filters]
   */
  static StandardisedFilters of(INDArray weights) {
    INDArray flat = flat(weights);
    INDArray centred = flat.subRowVector(flat.mean(0));
    INDArray length = Transforms.max(centred.norm2(0), LEAST_LENGTH);
    return new StandardisedFilters(centred.diviRowVector(length), length);
  }

  /**
   * What to convolve with.
   *
   * @param gain of each filter
   * @param result receives the filters, shape [height x width x channels x filters]
   */
  void times(INDArray gain, INDArray result) {
    flat(result).assign(unit.mulRowVector(gain.reshape(gain.length()).mul(RELU)));
  }

  /**
   * The way back.
   *
   * @param gradient of the loss by the filters that {@link #times} gave
   * @param gain that it was given
   * @param weightGradient receives the gradient by the weights
   * @param gainGradient receives the gradient by the gains
   */
  void back(INDArray gradient, INDArray gain, INDArray weightGradient, INDArray gainGradient) {
    INDArray flat = flat(gradient);
    INDArray along = unit.mul(flat).sum(0);
    gainGradient.assign(along.mul(RELU).reshape(gainGradient.shape()));
    INDArray across = flat.subRowVector(flat.mean(0)).subi(unit.mulRowVector(along));
    INDArray factor = gain.reshape(gain.length()).mul(RELU).divi(length);
    flat(weightGradient).assign(across.muliRowVector(factor));
  }

  private static INDArray flat(INDArray filters) {
    long number = filters.size(-1);
    return filters.reshape('c', filters.length() / number, number);
  }
}
