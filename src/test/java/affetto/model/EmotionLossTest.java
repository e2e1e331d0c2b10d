package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class EmotionLossTest {

  private static final double[] POSTERIOR = {0.5, 0.3, 0.2};

  /** One row of the first class, weighing 2, of a corpus that lacks the last class. */
  private static final INDArray LABELS =
      Nd4j.createFromArray(new double[][] {{2, 0, EmotionLoss.IMPOSSIBLE}});

  /** Logits may be shifted as one likes. */
  private static final INDArray LOGITS =
      Nd4j.createFromArray(
          new double[][] {
            {7 + Math.log(POSTERIOR[0]), 7 + Math.log(POSTERIOR[1]), 7 + Math.log(POSTERIOR[2])}
          });

  private static double score(double smoothing) {
    return new EmotionLoss(smoothing)
        .computeScore(LABELS, LOGITS, new ActivationSoftmax(), null, true);
  }

  private static double[] gradient(double smoothing) {
    return new EmotionLoss(smoothing)
        .computeGradient(LABELS, LOGITS, new ActivationSoftmax(), null)
        .toDoubleVector();
  }

  @Test
  void isTheWeightedLogarithmOfTheClassesShareAmongAllClasses() {
    assertThat(score(0)).isCloseTo(-2 * Math.log(0.5), within(1e-12));
    assertThat(gradient(0)).containsExactly(new double[] {-1, 0.6, 0.4}, within(1e-12));
  }

  @Test
  void smoothingSpreadsOverAllClasses() {
    double[] target = {2 * 0.8, 2 * 0.1, 2 * 0.1};
    double score = 0;
    double[] gradient = new double[3];
    for (int c = 0; c < 3; c++) {
      score -= target[c] * Math.log(POSTERIOR[c]);
      gradient[c] = 2 * POSTERIOR[c] - target[c];
    }
    assertThat(score(0.3)).isCloseTo(score, within(1e-12));
    assertThat(gradient(0.3)).containsExactly(gradient, within(1e-12));
  }
}
