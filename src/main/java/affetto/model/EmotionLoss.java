package affetto.model;

import java.util.Arrays;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cross entropy with soft targets. Softmax is part of it. If masked, it looks only at the classes
 * that a row's corpus has: what a corpus never asked its actors for is no evidence against it.
 *
 * <p>Labels have shape [rows x classes]: a distribution over the classes that can be, times what
 * the row counts for, and a negative number for those that cannot.
 *
 * <p>Saved networks name this class and its properties: neither can be renamed.
 */
public final class EmotionLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  /** What marks a class that a row's corpus does not have. */
  public static final float IMPOSSIBLE = -1;

  @JsonProperty private double smoothing;
  @JsonProperty private boolean masked;

  /** For Jackson. */
  EmotionLoss() {}

  /**
   * @param smoothing share of each row's target that is spread over the classes it looks at
   * @param masked whether it looks at those only that can be
   */
  EmotionLoss(double smoothing, boolean masked) {
    this.smoothing = smoothing;
    this.masked = masked;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
    return average ? sum / labels.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    double[][] label = Doubles.rows(labels);
    double[][] logits = Doubles.rows(preOutput);
    double[] scores = new double[label.length];
    for (int row = 0; row < scores.length; row++) {
      double[] target = target(label[row]);
      double[] posterior = posterior(label[row], logits[row]);
      for (int c = 0; c < target.length; c++) {
        if (target[c] > 0) {
          scores[row] -= target[c] * Math.log(Math.max(posterior[c], Double.MIN_NORMAL));
        }
      }
    }
    return Nd4j.createFromArray(scores).castTo(preOutput.dataType()).reshape(scores.length, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    double[][] label = Doubles.rows(labels);
    double[][] logits = Doubles.rows(preOutput);
    for (int row = 0; row < label.length; row++) {
      double[] target = target(label[row]);
      double[] posterior = posterior(label[row], logits[row]);
      double weight = Arrays.stream(target).sum();
      for (int c = 0; c < target.length; c++) {
        logits[row][c] = weight * posterior[c] - target[c];
      }
    }
    return Nd4j.createFromArray(logits).castTo(preOutput.dataType());
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return Pair.of(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  /** The smoothed target, times what the row counts for. */
  private double[] target(double[] label) {
    int possible = 0;
    double weight = 0;
    for (double value : label) {
      possible += seen(value) ? 1 : 0;
      weight += Math.max(0, value);
    }
    double[] target = new double[label.length];
    for (int c = 0; c < label.length; c++) {
      double share = Math.max(0, label[c]);
      target[c] = seen(label[c]) ? (1 - smoothing) * share + smoothing * weight / possible : 0;
    }
    return target;
  }

  private double[] posterior(double[] label, double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logits.length; c++) {
      largest = seen(label[c]) ? Math.max(largest, logits[c]) : largest;
    }
    double[] posterior = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      posterior[c] = seen(label[c]) ? Math.exp(logits[c] - largest) : 0;
      sum += posterior[c];
    }
    for (int c = 0; c < logits.length; c++) {
      posterior[c] /= sum;
    }
    return posterior;
  }

  private boolean seen(double label) {
    return !masked || label >= 0;
  }

  @Override
  public String name() {
    return "emotion-cross-entropy";
  }
}
