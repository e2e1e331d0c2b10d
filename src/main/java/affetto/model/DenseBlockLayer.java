package affetto.model;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a {@link DenseBlock} does at run time. */
final class DenseBlockLayer extends RunningLayer {
  private static final long serialVersionUID = 1L;

  private transient INDArray activated;

  DenseBlockLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray weights = weights();
    INDArray out =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, input.size(0), weights.size(1));
    Nd4j.matmul(flatInput(), weights, out, false, false, false);
    out.addi(paramTable.get(DenseBlock.BIAS).reshape(1, weights.size(1)));
    Rectifier.apply(out);
    activated = training ? out : null;
    return out;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray gradient = workspaces.dup(ArrayType.BP_WORKING_MEM, epsilon, 'c');
    Rectifier.back(activated, gradient);
    activated = null;
    INDArray inputGradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    INDArray flat = inputGradient.reshape('c', input.size(0), weights().size(0));
    Nd4j.matmul(gradient, weights(), flat, false, true, false);
    Gradient gradients = new DefaultGradient();
    put(gradients, DenseBlock.WEIGHTS, Matmul.transposedByPlain(flatInput(), gradient));
    put(gradients, DenseBlock.BIAS, Matmul.sumOfRows(gradient));
    return Pair.of(gradients, inputGradient);
  }

  private INDArray weights() {
    return paramTable.get(DenseBlock.WEIGHTS);
  }

  private INDArray flatInput() {
    return input.reshape('c', input.size(0), weights().size(0));
  }
}
