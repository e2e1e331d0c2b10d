package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
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

  @Test
  void goesOnWhereItsStateWasTaken() {
    Plateau whole = new Plateau(1.0, 0.4, 2);
    double[] losses = {2, 1, 1, 1.5, 1, 0.99995, 0.5, 0.6, 0.6};
    for (double loss : losses) {
      Plateau resumed = new Plateau(1.0, 0.4, 2);
      resumed.restore(whole.state());
      whole.epoch(loss);
      resumed.epoch(loss);
      assertThat(resumed.state()).isEqualTo(whole.state());
    }
    Plateau gentler = new Plateau(0.1, 0.4, 2);
    gentler.restore(whole.state());
    assertThat(gentler.learningRate()).isEqualTo(0.1);
    assertThatThrownBy(() -> whole.restore(List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
