package affetto.model;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The moments that batch normalisation (Ioffe and Szegedy, 2015) brings to 0 and 1: of each channel
 * over all rows and places of a minibatch, or over the minibatches of a training.
 *
 * <p>ND4J's gradient of it takes longer than all convolutions together, so it is put together here
 * from products with ones and from the operation for inference, which reach the processor's vector
 * units.
 *
 * <p>What is kept for inference are the mean and the mean square, not the variance: these are
 * linear in what was seen, so that the average over workers is what one of them would have kept had
 * it seen all of their minibatches.
 *
 * @param mean of each channel
 * @param square mean of the squares of each channel
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one step
record BatchMoments(double[] mean, double[] square) {

  /** How much of the running moments a minibatch leaves. */
  private static final double KEPT = 0.9;

  /** Added to variances, so that a channel where nothing changes stays finite. */
  private static final double LEAST_VARIANCE = 1e-3;

  private static final int SCALED = 1;
  private static final int SHIFTED = 1;
  private static final int CHANNELS_AXIS = 3;

  /**
   * The moments of a minibatch.
   *
   * @param values shape [rows x height x width x channels], of default strides
   */
  static BatchMoments of(INDArray values) {
    INDArray flat = flat(values);
    double share = 1.0 / flat.size(0);
    return new BatchMoments(sums(flat, share), sums(flat.mul(flat), share));
  }

  /** The running moments, as a network's parameters hold them. */
  static BatchMoments held(INDArray mean, INDArray square) {
    return new BatchMoments(mean.toDoubleVector(), square.toDoubleVector());
  }

  /** These running moments, moved by a minibatch. */
  BatchMoments followed(BatchMoments batch) {
    return new BatchMoments(moved(mean, batch.mean), moved(square, batch.square));
  }

  private static double[] moved(double[] from, double[] to) {
    double[] moved = new double[from.length];
    Arrays.setAll(moved, c -> KEPT * from[c] + (1 - KEPT) * to[c]);
    return moved;
  }

  /** Puts them where a network's parameters hold them. */
  void hold(INDArray meanParameter, INDArray squareParameter) {
    meanParameter.assign(array(mean, meanParameter.dataType()));
    squareParameter.assign(array(square, squareParameter.dataType()));
  }

  private double deviation(int channel) {
    double variance = square[channel] - mean[channel] * mean[channel];
    return Math.sqrt(Math.max(variance, 0) + LEAST_VARIANCE);
  }

  /**
   * Normalises.
   *
   * @param values shape [rows x height x width x channels]
   * @param gain of each channel, shape [channels]
   * @param shift of each channel, shape [channels]
   * @param into receives {@code (values - mean) / deviation * gain + shift}
   */
  void normalise(INDArray values, INDArray gain, INDArray shift, INDArray into) {
    double[] slope = gain.toDoubleVector();
    double[] offset = shift.toDoubleVector();
    for (int c = 0; c < slope.length; c++) {
      slope[c] /= deviation(c);
      offset[c] -= mean[c] * slope[c];
    }
    affine(values, slope, offset, into);
  }

  /**
   * The way back, for moments of the minibatch itself.
   *
   * @param values what was normalised
   * @param gradient by what came of it; becomes the gradient by the values
   * @param gain of each channel
   * @param gainGradient receives the gradient by the gain
   * @param shiftGradient receives the gradient by the shift
   */
  void back(
      INDArray values,
      INDArray gradient,
      INDArray gain,
      INDArray gainGradient,
      INDArray shiftGradient) {
    INDArray flat = flat(gradient);
    double share = 1.0 / flat.size(0);
    double[] sum = sums(flat, 1);
    double[] byGain = sums(flat.mul(flat(values)), 1);
    double[] scale = gain.toDoubleVector();
    double[] slope = new double[scale.length];
    double[] offset = new double[scale.length];
    // gain / deviation * (gradient - its mean - normalised value * its part along the values)
    for (int c = 0; c < scale.length; c++) {
      byGain[c] = (byGain[c] - sum[c] * mean[c]) / deviation(c);
      scale[c] /= deviation(c);
      slope[c] = -share * scale[c] * byGain[c] / deviation(c);
      offset[c] = -share * scale[c] * sum[c] - slope[c] * mean[c];
    }
    DataType type = gradient.dataType();
    shiftGradient.assign(array(sum, type).reshape(shiftGradient.shape()));
    gainGradient.assign(array(byGain, type).reshape(gainGradient.shape()));
    INDArray along = Nd4j.createUninitialized(type, values.shape(), 'c');
    affine(values, slope, offset, along);
    flat.muliRowVector(array(scale, type).reshape(1, scale.length));
    gradient.addi(along);
  }

  /** {@code values * slope + offset}, channel by channel, by ND4J's operation for inference. */
  private static void affine(INDArray values, double[] slope, double[] offset, INDArray into) {
    DataType type = values.dataType();
    INDArray noMean = Nd4j.zeros(type, slope.length);
    INDArray unitVariance = Nd4j.ones(type, slope.length);
    Nd4j.exec(
        DynamicCustomOp.builder("batchnorm")
            .addInputs(values, noMean, unitVariance, array(slope, type), array(offset, type))
            .addOutputs(into)
            .addIntegerArguments(SCALED, SHIFTED, CHANNELS_AXIS)
            .addFloatingPointArguments(0.0)
            .build());
  }

  private static INDArray array(double[] ofChannels, DataType type) {
    return Nd4j.create(ofChannels, new long[] {ofChannels.length}, type);
  }

  /** Of each channel, times a factor. */
  private static double[] sums(INDArray flat, double factor) {
    double[] sums = Matmul.sumOfRows(flat).toDoubleVector();
    Arrays.setAll(sums, c -> sums[c] * factor);
    return sums;
  }

  private static INDArray flat(INDArray values) {
    long channels = values.size(CHANNELS_AXIS);
    return values.reshape('c', values.length() / channels, channels);
  }
}
