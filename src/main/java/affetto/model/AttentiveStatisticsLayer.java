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
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What {@link AttentiveStatistics} does at run time. */
final class AttentiveStatisticsLayer extends RunningLayer {
  private static final long serialVersionUID = 1L;

  /** Keeps the slope of the root finite where nothing changes over time. */
  private static final double LEAST_VARIANCE = 1e-4;

  private transient Pass kept;

  AttentiveStatisticsLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  /**
   * The forward pass.
   *
   * @param moments the input, shape [rows x time x size]
   * @param flat the same as [rows time x size]
   * @param hidden after tanh, shape [rows time x units]
   * @param attention sums to 1 over time, shape [rows x 1 x time]
   * @param mean shape [rows x 1 x size]
   * @param deviation shape [rows x 1 x size]
   */
  private record Pass(
      INDArray moments,
      INDArray flat,
      INDArray hidden,
      INDArray attention,
      INDArray mean,
      INDArray deviation) {

    /** The same, where activations are kept until the way back. */
    Pass kept(LayerWorkspaceMgr workspaces) {
      return new Pass(
          moments,
          flat,
          workspaces.leverageTo(ArrayType.ACTIVATIONS, hidden),
          workspaces.leverageTo(ArrayType.ACTIVATIONS, attention),
          workspaces.leverageTo(ArrayType.ACTIVATIONS, mean),
          workspaces.leverageTo(ArrayType.ACTIVATIONS, deviation));
    }
  }

  private static INDArray row(INDArray vector) {
    return vector.reshape(1, vector.length());
  }

  private Pass pass() {
    long rows = input.size(0);
    long time = input.size(1);
    long size = input.size(2) * input.size(3);
    INDArray moments = input.reshape('c', rows, time, size);
    INDArray flat = moments.reshape('c', rows * time, size);
    INDArray hidden =
        Transforms.tanh(
            Matmul.product(flat, paramTable.get(AttentiveStatistics.WEIGHTS))
                .addi(row(paramTable.get(AttentiveStatistics.BIAS))),
            false);
    INDArray scores =
        Matmul.product(hidden, paramTable.get(AttentiveStatistics.SCORE)).reshape('c', rows, time);
    INDArray attention = Transforms.softmax(scores, true).reshape('c', rows, 1, time);
    INDArray mean = Nd4j.matmul(attention, moments);
    INDArray square = Nd4j.matmul(attention, moments.mul(moments));
    INDArray variance = square.subi(mean.mul(mean));
    INDArray deviation =
        Transforms.sqrt(Transforms.max(variance, 0, false).addi(LEAST_VARIANCE), false);
    return new Pass(moments, flat, hidden, attention, mean, deviation);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    Pass pass = pass();
    kept = training ? pass.kept(workspaces) : null;
    long rows = pass.mean().size(0);
    long size = pass.mean().size(2);
    INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, rows, 2 * size);
    means(out, size).assign(pass.mean().reshape(rows, size));
    deviations(out, size).assign(pass.deviation().reshape(rows, size));
    return out;
  }

  private static INDArray means(INDArray statistics, long size) {
    return statistics.get(NDArrayIndex.all(), NDArrayIndex.interval(0, size));
  }

  private static INDArray deviations(INDArray statistics, long size) {
    return statistics.get(NDArrayIndex.all(), NDArrayIndex.interval(size, 2 * size));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Pass pass = kept;
    kept = null;
    long rows = pass.moments().size(0);
    long time = pass.moments().size(1);
    long size = pass.moments().size(2);
    INDArray bySquare =
        deviations(epsilon, size)
            .dup('c')
            .reshape('c', rows, 1, size)
            .divi(pass.deviation())
            .muli(0.5);
    INDArray byMean =
        means(epsilon, size)
            .dup('c')
            .reshape('c', rows, 1, size)
            .subi(pass.mean().mul(bySquare).muli(2));
    INDArray attention = pass.attention().reshape('c', rows, time, 1);
    // What a little more of a moment would change, without and with its attention.
    INDArray slope = pass.moments().mul(bySquare);
    INDArray byAttention = slope.add(byMean).muli(pass.moments()).sum(true, 2);
    INDArray inputGradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    INDArray byMoments = inputGradient.reshape('c', rows, time, size);
    byMoments.assign(slope.muli(2).addi(byMean).muli(attention));
    INDArray expected = Nd4j.matmul(pass.attention(), byAttention);
    INDArray byScore = byAttention.subi(expected).muli(attention).reshape('c', rows * time, 1);
    Gradient gradients = attentionGradients(pass, byScore, byMoments);
    return Pair.of(gradients, inputGradient);
  }

  /** Gradients of the network that pays attention; adds its share to those of the moments. */
  private Gradient attentionGradients(Pass pass, INDArray byScore, INDArray byMoments) {
    INDArray score = paramTable.get(AttentiveStatistics.SCORE);
    INDArray slope = pass.hidden().mul(pass.hidden()).rsubi(1);
    INDArray byHidden = slope.muli(byScore).muli(row(score));
    INDArray flat = byMoments.reshape('c', pass.flat().shape());
    flat.addi(Matmul.plainByTransposed(byHidden, paramTable.get(AttentiveStatistics.WEIGHTS)));
    Gradient gradients = new DefaultGradient();
    put(gradients, AttentiveStatistics.WEIGHTS, Matmul.transposedByPlain(pass.flat(), byHidden));
    put(gradients, AttentiveStatistics.SCORE, Matmul.transposedByPlain(pass.hidden(), byScore));
    put(gradients, AttentiveStatistics.BIAS, Matmul.sumOfRows(byHidden));
    return gradients;
  }
}
