package affetto.model;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a {@link ConvBlock} does at run time.
 *
 * <p>It takes the bookkeeping of parameters from Deeplearning4j's SameDiff layer, but calls the
 * operations itself: a SameDiff graph would run the convolution a second time before it goes back.
 */
final class ConvBlockLayer extends SameDiffLayer {
  private static final long serialVersionUID = 1L;
  private static final int SAME = 1;
  private static final int NHWC = 1;
  private static final int HEIGHT_WIDTH_IN_OUT = 0;

  private final transient ConvBlock.Shape shape;
  private final transient KernelGradient kernelsOnly;
  private transient INDArray cells;
  private transient INDArray convolved;
  private transient INDArray pooled;
  private transient BatchMoments moments;
  private transient INDArray activated;

  ConvBlockLayer(NeuralNetConfiguration conf, DataType dataType, ConvBlock.Shape shape) {
    super(conf, dataType);
    this.shape = shape;
    this.kernelsOnly = new KernelGradient(shape);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    // In training these outlive the forward pass: going back needs them.
    ArrayType kept = training ? ArrayType.ACTIVATIONS : ArrayType.FF_WORKING_MEM;
    long rows = input.size(0);
    cells = input.reshape('c', rows, input.size(1), input.size(2) / shape.fold(), shape.channels());
    INDArray z =
        workspaces.createUninitialized(
            shape.pools() || shape.normalised() ? kept : ArrayType.ACTIVATIONS,
            dataType,
            rows,
            ConvBlock.ceilDiv(cells.size(1), shape.step()),
            ConvBlock.ceilDiv(cells.size(2), shape.stepAcross()),
            shape.filters());
    INDArray[] given =
        shape.normalised()
            ? new INDArray[] {cells, weights()}
            : new INDArray[] {cells, weights(), bias()};
    Nd4j.exec(convolution("conv2d").addInputs(given).addOutputs(z).build());
    INDArray small =
        shape.pools() ? pool(z, shape.normalised() ? kept : ArrayType.ACTIVATIONS, workspaces) : z;
    INDArray out = shape.normalised() ? normalise(training, small, workspaces) : small;
    Rectifier.apply(out);
    cells = training ? cells : null;
    convolved = training ? z : null;
    pooled = training ? small : null;
    activated = training ? out : null;
    return out;
  }

  private INDArray normalise(boolean training, INDArray values, LayerWorkspaceMgr workspaces) {
    INDArray mean = channels(ConvBlock.MEAN);
    INDArray square = channels(ConvBlock.SQUARE);
    BatchMoments used = BatchMoments.held(mean, square);
    if (training) {
      moments = BatchMoments.of(values);
      used.followed(moments).hold(mean, square);
      used = moments;
    }
    INDArray out =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, values.shape(), 'c');
    used.normalise(values, channels(ConvBlock.GAIN), channels(ConvBlock.BIAS), out);
    return out;
  }

  private INDArray pool(INDArray z, ArrayType lifetime, LayerWorkspaceMgr workspaces) {
    INDArray out =
        workspaces.createUninitialized(
            lifetime,
            dataType,
            z.size(0),
            ConvBlock.ceilDiv(z.size(1), shape.strideHeight()),
            ConvBlock.ceilDiv(z.size(2), shape.strideWidth()),
            shape.filters());
    Nd4j.exec(pooling("maxpool2d").addInputs(z).addOutputs(out).build());
    return out;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    // In place: nobody reads what came from above a second time, nor what went up from here, and
    // memory is what this waits for.
    INDArray gradient =
        Shape.hasDefaultStridesForShape(epsilon)
            ? epsilon
            : workspaces.dup(ArrayType.BP_WORKING_MEM, epsilon, 'c');
    Rectifier.back(activated, gradient);
    Gradient gradients = new DefaultGradient();
    if (shape.normalised()) {
      backThroughMoments(gradient, gradients);
    }
    if (shape.pools()) {
      gradient = unpool(gradient, workspaces);
    }
    INDArray inputGradient = null;
    INDArray cellGradient = null;
    if (!shape.first() || !KernelGradient.serves(shape, dataType)) {
      inputGradient =
          workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
      cellGradient = inputGradient.reshape('c', cells.shape());
    }
    back(gradient, cellGradient, gradients);
    cells = null;
    convolved = null;
    pooled = null;
    moments = null;
    activated = null;
    return Pair.of(gradients, inputGradient);
  }

  /** Makes the gradient by what was normalised of the one by what came of it. */
  private void backThroughMoments(INDArray gradient, Gradient gradients) {
    INDArray byGain = gradTable.get(ConvBlock.GAIN);
    INDArray byShift = gradTable.get(ConvBlock.BIAS);
    moments.back(pooled, gradient, channels(ConvBlock.GAIN), byGain, byShift);
    gradients.gradientForVariable().put(ConvBlock.GAIN, byGain);
    gradients.gradientForVariable().put(ConvBlock.BIAS, byShift);
    for (String running : List.of(ConvBlock.MEAN, ConvBlock.SQUARE)) {
      gradients.gradientForVariable().put(running, gradTable.get(running).assign(0));
    }
  }

  /** Back through the convolution. */
  private void back(INDArray gradient, INDArray cellGradient, Gradient gradients) {
    INDArray kernelGradient = gradTable.get(ConvBlock.WEIGHTS);
    gradients.gradientForVariable().put(ConvBlock.WEIGHTS, kernelGradient);
    if (!shape.normalised()) {
      sumOverPlaces(gradient, gradTable.get(ConvBlock.BIAS));
      gradients.gradientForVariable().put(ConvBlock.BIAS, gradTable.get(ConvBlock.BIAS));
    }
    if (cellGradient == null) {
      kernelsOnly.compute(cells, gradient, kernelGradient);
      return;
    }
    Nd4j.exec(
        convolution("conv2d_bp")
            .addInputs(cells, weights(), gradient)
            .addOutputs(cellGradient, kernelGradient)
            .build());
  }

  private void sumOverPlaces(INDArray gradient, INDArray biasGradient) {
    INDArray flat = gradient.reshape('c', gradient.length() / shape.filters(), shape.filters());
    biasGradient.assign(Matmul.sumOfRows(flat).reshape(biasGradient.shape()));
  }

  private INDArray unpool(INDArray pooledGradient, LayerWorkspaceMgr workspaces) {
    INDArray gradient =
        workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, convolved.shape(), 'c');
    Nd4j.exec(
        pooling("maxpool2d_bp").addInputs(convolved, pooledGradient).addOutputs(gradient).build());
    return gradient;
  }

  private INDArray weights() {
    return paramTable.get(ConvBlock.WEIGHTS);
  }

  private INDArray bias() {
    return paramTable.get(ConvBlock.BIAS);
  }

  /** A parameter of each channel, shape [channels]; a view. */
  private INDArray channels(String name) {
    return paramTable.get(name).reshape(shape.filters());
  }

  private DynamicCustomOp.DynamicCustomOpsBuilder convolution(String op) {
    return DynamicCustomOp.builder(op)
        .addIntegerArguments(
            shape.kernelHeight(),
            shape.kernelWidth(),
            shape.step(),
            shape.stepAcross(),
            0,
            0,
            1,
            1,
            SAME,
            NHWC,
            HEIGHT_WIDTH_IN_OUT);
  }

  private DynamicCustomOp.DynamicCustomOpsBuilder pooling(String op) {
    return DynamicCustomOp.builder(op)
        .addIntegerArguments(
            shape.poolHeight(),
            shape.poolWidth(),
            shape.strideHeight(),
            shape.strideWidth(),
            0,
            0,
            1,
            1,
            SAME,
            0,
            NHWC);
  }
}
