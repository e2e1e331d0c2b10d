package affetto.model;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
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
 * @param length of the centred filters, shape [1 x filters]
 * @param shape of the weights
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one step
record StandardisedFilters(INDArray unit, INDArray length, long[] shape) {

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
    INDArray centred = flat.sub(mean(flat));
    INDArray length = Transforms.sqrt(sum(centred.mul(centred)), false);
    Transforms.max(length, LEAST_LENGTH, false);
    return new StandardisedFilters(centred.divi(length), length, weights.shape());
  }

  /** The same, where activations are kept until the way back. */
  StandardisedFilters kept(LayerWorkspaceMgr workspaces) {
    return new StandardisedFilters(
        workspaces.leverageTo(ArrayType.ACTIVATIONS, unit),
        workspaces.leverageTo(ArrayType.ACTIVATIONS, length),
        shape);
  }

  /**
   * What to convolve with.
   *
   * @param gain of each filter
   * @return shape [height x width x channels x filters]
   */
  INDArray times(INDArray gain) {
    return unit.mul(scale(gain)).reshape('c', shape);
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
    INDArray along = sum(unit.mul(flat));
    gainGradient.assign(along.mul(RELU).reshape(gainGradient.shape()));
    INDArray across = flat.sub(mean(flat)).subi(unit.mul(along));
    flat(weightGradient).assign(across.muli(scale(gain).divi(length)));
  }

  private static INDArray scale(INDArray gain) {
    return gain.reshape(1, gain.length()).mul(RELU);
  }

  private static INDArray mean(INDArray flat) {
    return sum(flat).divi(flat.size(0));
  }

  /** Over the cells of each filter. */
  private static INDArray sum(INDArray flat) {
    return Matmul.sumOfRows(flat);
  }

  private static INDArray flat(INDArray filters) {
    long number = filters.size(3);
    return filters.reshape('c', filters.length() / number, number);
  }
}
