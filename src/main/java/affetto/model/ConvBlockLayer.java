package affetto.model;

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
import org.nd4j.linalg.ops.transforms.Transforms;

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
  private transient StandardisedFilters filters;
  private transient INDArray convolved;
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
            shape.pools() ? kept : ArrayType.ACTIVATIONS,
            dataType,
            rows,
            ConvBlock.ceilDiv(cells.size(1), shape.step()),
            cells.size(2),
            shape.filters());
    INDArray kernels = weights();
    if (shape.standardised()) {
      filters = StandardisedFilters.of(weights());
      filters = training ? filters.kept(workspaces) : filters;
      kernels = filters.times(gain());
    }
    Nd4j.exec(convolution("conv2d").addInputs(cells, kernels, bias()).addOutputs(z).build());
    INDArray out = shape.pools() ? pool(z, workspaces) : z;
    Nd4j.exec(
        DynamicCustomOp.builder("relu")
            .addInputs(out)
            .addOutputs(out)
            .addFloatingPointArguments(0.0)
            .build());
    cells = training ? cells : null;
    convolved = training ? z : null;
    activated = training ? out : null;
    return out;
  }

  private INDArray pool(INDArray z, LayerWorkspaceMgr workspaces) {
    INDArray out =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
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
    // memory is what this waits for. The operation for it, relu_bp, takes six times as long.
    INDArray gradient =
        Shape.hasDefaultStridesForShape(epsilon)
            ? epsilon
            : workspaces.dup(ArrayType.BP_WORKING_MEM, epsilon, 'c');
    gradient.muli(Transforms.step(activated, false));
    if (shape.pools()) {
      gradient = unpool(gradient, workspaces);
    }
    INDArray inputGradient = null;
    INDArray cellGradient = null;
    if (getIndex() > 0 || !KernelGradient.serves(dataType)) {
      inputGradient =
          workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
      cellGradient = inputGradient.reshape('c', cells.shape());
    }
    Gradient gradients =
        shape.standardised()
            ? backToFilters(gradient, cellGradient)
            : back(gradient, weights(), gradTable.get(ConvBlock.WEIGHTS), cellGradient);
    cells = null;
    filters = null;
    convolved = null;
    activated = null;
    return Pair.of(gradients, inputGradient);
  }

  private Gradient backToFilters(INDArray gradient, INDArray cellGradient) {
    INDArray kernels = filters.times(gain());
    INDArray kernelGradient = Nd4j.createUninitialized(dataType, kernels.shape(), 'c');
    Gradient gradients = back(gradient, kernels, kernelGradient, cellGradient);
    INDArray gainGradient = gradTable.get(ConvBlock.GAIN);
    filters.back(kernelGradient, gain(), gradTable.get(ConvBlock.WEIGHTS), gainGradient);
    gradients.gradientForVariable().put(ConvBlock.GAIN, gainGradient);
    return gradients;
  }

  private Gradient back(
      INDArray gradient, INDArray kernels, INDArray kernelGradient, INDArray cellGradient) {
    INDArray biasGradient = gradTable.get(ConvBlock.BIAS);
    if (cellGradient == null) {
      kernelsOnly.compute(cells, gradient, kernelGradient);
      sumOverPlaces(gradient, biasGradient);
    } else {
      Nd4j.exec(
          convolution("conv2d_bp")
              .addInputs(cells, kernels, bias(), gradient)
              .addOutputs(cellGradient, kernelGradient, biasGradient)
              .build());
    }
    Gradient gradients = new DefaultGradient();
    gradients.gradientForVariable().put(ConvBlock.WEIGHTS, gradTable.get(ConvBlock.WEIGHTS));
    gradients.gradientForVariable().put(ConvBlock.BIAS, biasGradient);
    return gradients;
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

  private INDArray gain() {
    return paramTable.get(ConvBlock.GAIN);
  }

  private DynamicCustomOp.DynamicCustomOpsBuilder convolution(String op) {
    return DynamicCustomOp.builder(op)
        .addIntegerArguments(
            shape.kernelHeight(),
            shape.kernelWidth(),
            shape.step(),
            1,
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
