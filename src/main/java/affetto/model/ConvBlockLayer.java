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
    long height = input.size(1);
    long width = input.size(2);
    INDArray z = workspaces.createUninitialized(kept, dataType, rows, height, width, filters());
    Nd4j.exec(
        convolution("conv2d")
            .addInputs(input, paramTable.get(ConvBlock.WEIGHTS), paramTable.get(ConvBlock.BIAS))
            .addOutputs(z)
            .build());
    INDArray out =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            dataType,
            rows,
            ConvBlock.ceilDiv(height, shape.strideHeight()),
            ConvBlock.ceilDiv(width, shape.strideWidth()),
            filters());
    Nd4j.exec(pooling("maxpool2d").addInputs(z).addOutputs(out).build());
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

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray pooledGradient =
        workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, activated.shape(), 'c');
    Nd4j.exec(
        DynamicCustomOp.builder("relu_bp")
            .addInputs(activated, epsilon)
            .addOutputs(pooledGradient)
            .addFloatingPointArguments(0.0)
            .build());
    INDArray gradient =
        workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, convolved.shape(), 'c');
    Nd4j.exec(
        pooling("maxpool2d_bp").addInputs(convolved, pooledGradient).addOutputs(gradient).build());
    INDArray inputGradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    INDArray weightGradient = gradTable.get(ConvBlock.WEIGHTS);
    INDArray biasGradient = gradTable.get(ConvBlock.BIAS);
    Nd4j.exec(
        convolution("conv2d_bp")
            .addInputs(
                input, paramTable.get(ConvBlock.WEIGHTS), paramTable.get(ConvBlock.BIAS), gradient)
            .addOutputs(inputGradient, weightGradient, biasGradient)
            .build());
    Gradient gradients = new DefaultGradient();
    gradients.gradientForVariable().put(ConvBlock.WEIGHTS, weightGradient);
    gradients.gradientForVariable().put(ConvBlock.BIAS, biasGradient);
    convolved = null;
    activated = null;
    return Pair.of(gradients, inputGradient);
  }

  private long filters() {
    return shape.filters();
  }

  private DynamicCustomOp.DynamicCustomOpsBuilder convolution(String op) {
    return DynamicCustomOp.builder(op)
        .addIntegerArguments(
            shape.kernelHeight(),
            shape.kernelWidth(),
            1,
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
