package affetto.model;

import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Inverted dropout whose mask is a pure function of seed, iteration and place in the minibatch.
 *
 * <p>Deeplearning4j's own draws from a generator of the thread it happens to run on, so that one
 * worker on Spark and one machine would never agree, nor two runs. Workers that train side by side
 * use the same masks on their different rows.
 *
 * <p>Saved networks name this class and its properties: neither can be renamed.
 */
public final class SeededDropout implements IDropout {
  private static final long serialVersionUID = 1L;
  private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

  @JsonProperty private double drop;
  @JsonProperty private long seed;
  private transient INDArray mask;

  /** For Jackson. */
  SeededDropout() {}

  /**
   * @param drop the probability that an activation becomes zero, at least 0 and below 1
   * @param seed different for each layer
   */
  SeededDropout(double drop, long seed) {
    this.drop = drop;
    this.seed = seed;
  }

  @Override
  public INDArray applyDropout(
      INDArray inputActivations,
      INDArray result,
      int iteration,
      int epoch,
      LayerWorkspaceMgr workspaceMgr) {
    float[] values = mask(drop, seed, iteration, (int) inputActivations.length());
    mask =
        workspaceMgr.create(
            ArrayType.INPUT, inputActivations.dataType(), inputActivations.shape(), 'c');
    mask.assign(Nd4j.createFromArray(values).reshape('c', inputActivations.shape()));
    Nd4j.getExecutioner().exec(new MulOp(inputActivations, mask, result));
    return result;
  }

  /** Zeros, and 1 / (1 - drop) for what is kept, so that the expectation stays. */
  static float[] mask(double drop, long seed, int iteration, int length) {
    float kept = (float) (1 / (1 - drop));
    long start = mix(mix(seed) + iteration);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      double uniform = (mix(start + i) >>> 11) * TWO_TO_MINUS_53;
      values[i] = uniform < drop ? 0 : kept;
    }
    return values;
  }

  /** SplitMix64's step and finalizer: neighbouring arguments give independent bits. */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public INDArray backprop(INDArray gradAtOutput, INDArray gradAtInput, int iteration, int epoch) {
    Nd4j.getExecutioner().exec(new MulOp(gradAtOutput, mask, gradAtInput));
    mask = null;
    return gradAtInput;
  }

  @Override
  public void clear() {
    mask = null;
  }

  @Override
  public IDropout clone() {
    return new SeededDropout(drop, seed);
  }
}
