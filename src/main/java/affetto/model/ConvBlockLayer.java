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
  private transient INDArray convolved;
  private transient INDArray activated;

  ConvBlockLayer(NeuralNetConfiguration conf, DataType dataType, ConvBlock.Shape shape) {
    super(conf, dataType);
    this.shape = shape;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    // In training both outlive the forward pass: going back needs them.
    ArrayType kept = training ? ArrayType.ACTIVATIONS : ArrayType.FF_WORKING_MEM;
    long rows = input.size(0);
    long height = ConvBlock.ceilDiv(input.size(1), shape.step());
    long width = ConvBlock.ceilDiv(input.size(2), shape.step());
    INDArray z =
        workspaces.createUninitialized(
            shape.pools() ? kept : ArrayType.ACTIVATIONS,
            dataType,
            rows,
            height,
            width,
            shape.filters());
    INDArray kernels = kernels(workspaces, ArrayType.FF_WORKING_MEM);
    Nd4j.exec(convolution("conv2d").addInputs(input, kernels, bias()).addOutputs(z).build());
    INDArray out = shape.pools() ? pool(z, workspaces) : z;
    Nd4j.exec(
        DynamicCustomOp.builder("relu")
            .addInputs(out)
            .addOutputs(out)
            .addFloatingPointArguments(0.0)
            .build());
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
    INDArray gradient =
        workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, activated.shape(), 'c');
    Nd4j.exec(
        DynamicCustomOp.builder("relu_bp")
            .addInputs(activated, epsilon)
            .addOutputs(gradient)
            .addFloatingPointArguments(0.0)
            .build());
    if (shape.pools()) {
      gradient = unpool(gradient, workspaces);
    }
    INDArray inputGradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    INDArray weightGradient = gradTable.get(ConvBlock.WEIGHTS);
    INDArray biasGradient = gradTable.get(ConvBlock.BIAS);
    INDArray kernels = kernels(workspaces, ArrayType.BP_WORKING_MEM);
    INDArray kernelGradient =
        shape.standardised()
            ? workspaces.createUninitialized(
                ArrayType.BP_WORKING_MEM, dataType, kernels.shape(), 'c')
            : weightGradient;
    Nd4j.exec(
        convolution("conv2d_bp")
            .addInputs(input, kernels, bias(), gradient)
            .addOutputs(inputGradient, kernelGradient, biasGradient)
            .build());
    Gradient gradients = new DefaultGradient();
    gradients.gradientForVariable().put(ConvBlock.WEIGHTS, weightGradient);
    gradients.gradientForVariable().put(ConvBlock.BIAS, biasGradient);
    if (shape.standardised()) {
      INDArray gainGradient = gradTable.get(ConvBlock.GAIN);
      StandardisedFilters.of(weights()).back(kernelGradient, gain(), weightGradient, gainGradient);
      gradients.gradientForVariable().put(ConvBlock.GAIN, gainGradient);
    }
    convolved = null;
    activated = null;
    return Pair.of(gradients, inputGradient);
  }

  private INDArray unpool(INDArray pooledGradient, LayerWorkspaceMgr workspaces) {
    INDArray gradient =
        workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, convolved.shape(), 'c');
    Nd4j.exec(
        pooling("maxpool2d_bp").addInputs(convolved, pooledGradient).addOutputs(gradient).build());
    return gradient;
  }

  /** The weights, or the filters that are made of them. */
  private INDArray kernels(LayerWorkspaceMgr workspaces, ArrayType until) {
    if (!shape.standardised()) {
      return weights();
    }
    INDArray filters = workspaces.createUninitialized(until, dataType, weights().shape(), 'c');
    StandardisedFilters.of(weights()).times(gain(), filters);
    return filters;
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
            shape.step(),
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
