package affetto.model;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

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
 * @param mean shape [channels]
 * @param square mean of the squares, shape [channels]
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one step
record BatchMoments(INDArray mean, INDArray square) {

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
    return new BatchMoments(sum(flat).muli(share), sum(flat.mul(flat)).muli(share));
  }

  /** The same, where activations are kept until the way back. */
  BatchMoments kept(LayerWorkspaceMgr workspaces) {
    return new BatchMoments(
        workspaces.leverageTo(ArrayType.ACTIVATIONS, mean),
        workspaces.leverageTo(ArrayType.ACTIVATIONS, square));
  }

  /** Lets a minibatch move these, the running moments. */
  void follow(BatchMoments batch) {
    mean.muli(KEPT).addi(batch.mean.mul(1 - KEPT));
    square.muli(KEPT).addi(batch.square.mul(1 - KEPT));
  }

  private INDArray variance() {
    return Transforms.max(square.sub(mean.mul(mean)), 0, false);
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
    batchnorm(LEAST_VARIANCE, into, values, mean, variance(), gain, shift);
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
    long count = flat.size(0);
    INDArray sum = sum(flat);
    INDArray byValues = sum(flat.mul(flat(values)));
    INDArray deviation = Transforms.sqrt(variance().addi(LEAST_VARIANCE), false);
    INDArray byGain = byValues.subi(sum.mul(mean)).divi(deviation);
    shiftGradient.assign(sum.reshape(shiftGradient.shape()));
    gainGradient.assign(byGain.reshape(gainGradient.shape()));
    // gain / deviation * (gradient - its mean - normalised value * its part along the values)
    INDArray scale = gain.div(deviation);
    INDArray slope = byGain.mul(scale).divi(deviation).divi(-count);
    INDArray offset = sum.mul(scale).divi(-count).subi(slope.mul(mean));
    INDArray along = affine(values, slope, offset);
    flat.muliRowVector(scale.reshape(1, scale.length()));
    gradient.addi(along);
  }

  /** {@code values * slope + offset}, channel by channel. */
  private static INDArray affine(INDArray values, INDArray slope, INDArray offset) {
    INDArray out = Nd4j.createUninitialized(values.dataType(), values.shape(), 'c');
    INDArray noMean = Nd4j.zeros(values.dataType(), slope.length());
    INDArray unitVariance = Nd4j.ones(values.dataType(), slope.length());
    batchnorm(0, out, values, noMean, unitVariance, slope, offset);
    return out;
  }

  /**
   * ND4J's operation.
   *
   * @param epsilon added to the variance
   * @param inputs values, mean, variance, gain and shift
   */
  private static void batchnorm(double epsilon, INDArray into, INDArray... inputs) {
    Nd4j.exec(
        DynamicCustomOp.builder("batchnorm")
            .addInputs(inputs)
            .addOutputs(into)
            .addIntegerArguments(SCALED, SHIFTED, CHANNELS_AXIS)
            .addFloatingPointArguments(epsilon)
            .build());
  }

  /** Of each channel, shape [channels]. */
  private static INDArray sum(INDArray flat) {
    return Matmul.sumOfRows(flat).ravel();
  }

  private static INDArray flat(INDArray values) {
    long channels = values.size(CHANNELS_AXIS);
    return values.reshape('c', values.length() / channels, channels);
  }
}
