package affetto.model;

import java.util.Arrays;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cross entropy with soft targets over all classes. Softmax is part of it.
 *
 * <p>Labels have shape [rows x classes]: a distribution over the classes, times what the row counts
 * for. A class that the row's corpus does not have may be marked by a negative number, so that
 * predictions can be made among the others; here it counts as a class that the row is not of. To
 * leave such classes out of the loss was tried and was no better ({@code accuracy.md}).
 *
 * <p>Saved networks name this class and its property: neither can be renamed.
 */
public final class EmotionLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  /** What marks a class that a row's corpus does not have. */
  public static final float IMPOSSIBLE = -1;

  @JsonProperty private double smoothing;

  /** For Jackson. */
  EmotionLoss() {}

  /**
   * @param smoothing share of each row's target that is spread over all classes
   */
  EmotionLoss(double smoothing) {
    this.smoothing = smoothing;
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
      double[] posterior = posterior(logits[row]);
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
      double[] posterior = posterior(logits[row]);
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
    double weight = 0;
    for (double value : label) {
      weight += Math.max(0, value);
    }
    double[] target = new double[label.length];
    for (int c = 0; c < label.length; c++) {
      target[c] = (1 - smoothing) * Math.max(0, label[c]) + smoothing * weight / label.length;
    }
    return target;
  }

  private static double[] posterior(double[] logits) {
    double largest = Arrays.stream(logits).max().orElseThrow();
    double[] posterior = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      posterior[c] = Math.exp(logits[c] - largest);
      sum += posterior[c];
    }
    for (int c = 0; c < logits.length; c++) {
      posterior[c] /= sum;
    }
    return posterior;
  }

  @Override
  public String name() {
    return "emotion-cross-entropy";
  }
}
