package affetto.model;

import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Convolution, max pooling and ReLU as one layer, on the ND4J operations that reach oneDNN, which
 * Deeplearning4j's own convolution never does.
 *
 * <p>Input and output are [rows x height x width x channels]. Convolution and pooling have same
 * padding: each makes height and width ceil(size / stride). Pooling comes before ReLU, which gives
 * the same numbers as the other way round on a smaller array.
 *
 * <p>A normalised block brings every channel to mean 0 and variance 1 between pooling and ReLU, in
 * training over the minibatch: see {@link BatchMoments}. The running moments that it uses
 * afterwards are among its parameters, so that whatever copies, averages or stores these has them,
 * too; their gradient is zero, and each forward pass of a training moves them.
 *
 * <p>Saved networks name this class and its properties: neither can be renamed.
 */
public final class ConvBlock extends OwnLayer {
  static final String WEIGHTS = "W";
  static final String BIAS = "b";
  static final String GAIN = "g";
  static final String MEAN = "m";
  static final String SQUARE = "q";

  @JsonProperty private int channels;
  @JsonProperty private int filters;
  @JsonProperty private int kernelHeight;
  @JsonProperty private int kernelWidth;
  @JsonProperty private int poolHeight;
  @JsonProperty private int poolWidth;
  @JsonProperty private int strideHeight;
  @JsonProperty private int strideWidth;
  @JsonProperty private int step = 1;
  @JsonProperty private int stepAcross = 1;
  @JsonProperty private int fold = 1;
  @JsonProperty private boolean normalised;

  /** For Jackson. */
  ConvBlock() {}

  private ConvBlock(Shape shape) {
    this.channels = shape.channels();
    this.filters = shape.filters();
    this.kernelHeight = shape.kernelHeight();
    this.kernelWidth = shape.kernelWidth();
    this.poolHeight = shape.poolHeight();
    this.poolWidth = shape.poolWidth();
    this.strideHeight = shape.strideHeight();
    this.strideWidth = shape.strideWidth();
    this.step = shape.step();
    this.stepAcross = shape.stepAcross();
    this.fold = shape.fold();
    this.normalised = shape.normalised();
  }

  /** A block that slides along the width only, over inputs of height 1. */
  static ConvBlock along(int channels, int filters, int kernel, int pool, int stride) {
    return new ConvBlock(
        new Shape(channels, filters, 1, kernel, 1, pool, 1, stride, 1, 1, 1, false));
  }

  /** A normalised block with filters of 3 x 3, whose pooling windows do not overlap. */
  static ConvBlock normalised(int channels, int filters, int poolHeight, int poolWidth) {
    return new ConvBlock(
        new Shape(
            channels, filters, 3, 3, poolHeight, poolWidth, poolHeight, poolWidth, 1, 1, 1, true));
  }

  /**
   * A normalised block without pooling that sees neighbouring cells of a row as the channels of
   * one, and takes every other row.
   *
   * @param fold how many cells become one
   * @param filters of 5 rows x 3 of these
   */
  static ConvBlock stem(int fold, int filters) {
    return new ConvBlock(new Shape(fold, filters, 5, 3, 1, 1, 1, 1, 2, 1, fold, true));
  }

  /**
   * A normalised block with filters of 3 x 3 and without pooling that takes every other cell of a
   * row.
   */
  static ConvBlock halving(int channels, int filters) {
    return new ConvBlock(new Shape(channels, filters, 3, 3, 1, 1, 1, 1, 1, 2, 1, true));
  }

  /**
   * Sizes in cells.
   *
   * @param channels after folding
   * @param strideHeight of the pooling
   * @param strideWidth of the pooling
   * @param step of the convolution along the height
   * @param stepAcross of the convolution along the width
   * @param fold neighbours along the width that become channels of one
   */
  record Shape(
      int channels,
      int filters,
      int kernelHeight,
      int kernelWidth,
      int poolHeight,
      int poolWidth,
      int strideHeight,
      int strideWidth,
      int step,
      int stepAcross,
      int fold,
      boolean normalised) {

    /** Whether it sees the network's own input: nothing else has a single channel. */
    boolean first() {
      return channels == fold;
    }

    /** Whether there is any pooling. */
    boolean pools() {
      return poolHeight > 1 || poolWidth > 1;
    }
  }

  Shape shape() {
    return new Shape(
        channels,
        filters,
        kernelHeight,
        kernelWidth,
        poolHeight,
        poolWidth,
        strideHeight,
        strideWidth,
        step,
        stepAcross,
        fold,
        normalised);
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.addWeightParam(WEIGHTS, kernelHeight, kernelWidth, channels, filters);
    params.addBiasParam(BIAS, filters);
    if (normalised) {
      params.addBiasParam(GAIN, filters);
      params.addBiasParam(MEAN, filters);
      params.addBiasParam(SQUARE, filters);
    }
  }

  /** Glorot's uniform weights, as Keras starts; biases zero, gains one, moments 0 and 1. */
  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    int cells = kernelHeight * kernelWidth;
    initWeights(cells * channels, cells * filters, WeightInit.XAVIER_UNIFORM, params.get(WEIGHTS));
    params.get(BIAS).assign(0.0);
    if (normalised) {
      params.get(GAIN).assign(1.0);
      params.get(MEAN).assign(0.0);
      params.get(SQUARE).assign(1.0);
    }
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeConvolutional input)
        || input.getChannels() * fold != channels
        || input.getWidth() % fold != 0) {
      throw new IllegalStateException(
          "layer %d wants %d channels and a width that %d divides, not %s"
              .formatted(layerIndex, channels / fold, fold, inputType));
    }
    return InputType.convolutional(
        ceilDiv(ceilDiv(input.getHeight(), step), strideHeight),
        ceilDiv(ceilDiv(input.getWidth() / fold, stepAcross), strideWidth),
        filters,
        CNN2DFormat.NHWC);
  }

  static long ceilDiv(long size, long stride) {
    return (size + stride - 1) / stride;
  }

  @Override
  SameDiffLayer atRunTime(NeuralNetConfiguration conf, DataType dataType) {
    return new ConvBlockLayer(conf, dataType, shape());
  }
}
