package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TroughPriorTest {
  private final TroughPrior prior = new TroughPrior(PyinParameters.of(22050, 65, 1000));

  private double[] weigh(double... heights) {
    double[] probabilities = new double[heights.length];
    prior.weigh(heights, heights.length, probabilities);
    return probabilities;
  }

  /** One less the beta distribution with the shapes 2 and 18. */
  private static double above(double x) {
    return Math.pow(1 - x, 18) * (1 + 18 * x);
  }

  @Test
  void aDeepTroughHasAll() {
    assertThat(weigh(0)).containsExactly(new double[] {1}, within(1e-14));
  }

  @Test
  void aTroughHasTheThresholdsAboveIt() {
    // Thresholds of 0.13 and more; the lower ones leave it a hundredth of theirs.
    double wanted = above(0.12) + 0.01 * (1 - above(0.12));
    assertThat(weigh(0.125)).containsExactly(new double[] {wanted}, within(1e-14));
  }

  @Test
  void troughsOfOneHeightShareByTheirOrder() {
    double[] shares = weigh(0, 0, 0);
    assertThat(shares[0] + shares[1] + shares[2]).isCloseTo(1, within(1e-14));
    assertThat(shares[1] / shares[0]).isCloseTo(Math.exp(-2), within(1e-14));
    assertThat(shares[2] / shares[1]).isCloseTo(Math.exp(-2), within(1e-14));
  }

  @Test
  void aLaterTroughHasWhatLiesBelowTheEarlier() {
    double both = above(0.2);
    double laterOnly = above(0.1) - above(0.2);
    double earlierShare = 1 / (1 + Math.exp(-2));
    double later = laterOnly + (1 - earlierShare) * both + 0.01 * (1 - above(0.1));
    assertThat(weigh(0.205 - 1e-9, 0.1 + 1e-9))
        .containsExactly(new double[] {earlierShare * above(0.2), later}, within(1e-8));
  }

  @Test
  void whereNoneIsBelowAnyThresholdTheDeepestHasAHundredth() {
    assertThat(weigh(1.5, 1.2, 1.2)).containsExactly(new double[] {0, 0.01, 0}, within(1e-14));
    assertThat(weigh()).isEmpty();
  }
}
