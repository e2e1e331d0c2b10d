package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PlateauTest {

  @Test
  void lowersTheRateAfterTwoStalledEpochsAndStartsCountingAgain() {
    Plateau plateau = new Plateau(1.0, 0.4, 2);
    double[] losses = {2, 1, 1, 1.5, 1, 0.99995, 0.5, 0.6, 0.6};
    double[] rates = {1, 1, 1, .4, .4, .16, .16, .16, .064};
    for (int i = 0; i < losses.length; i++) {
      plateau.epoch(losses[i]);
      assertThat(plateau.learningRate()).as("after epoch %d", i).isCloseTo(rates[i], within(1e-12));
    }
  }
}
