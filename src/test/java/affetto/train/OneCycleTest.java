package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneCycleTest {

  @Test
  void risesToTheTopAndFallsToAlmostNothing() {
    OneCycle schedule = new OneCycle(0.002, 50);
    List<Double> rates = new ArrayList<>();
    for (int epoch = 0; epoch < 50; epoch++) {
      rates.add(schedule.learningRate());
      schedule.epoch(1);
    }
    assertThat(rates.subList(0, 10)).isSorted();
    assertThat(rates.get(0)).isBetween(0.0002, 0.0003);
    assertThat(rates.get(9)).isCloseTo(0.002, within(5e-5));
    for (int epoch = 11; epoch < 50; epoch++) {
      assertThat(rates.get(epoch)).isLessThan(rates.get(epoch - 1));
    }
    assertThat(rates.get(49)).isPositive().isLessThan(1e-5);
  }

  @Test
  void goesOnWhereItsStateWasTaken() {
    OneCycle whole = new OneCycle(0.002, 10);
    for (int epoch = 0; epoch < 10; epoch++) {
      OneCycle resumed = new OneCycle(0.002, 10);
      resumed.restore(whole.state());
      assertThat(resumed.learningRate()).isEqualTo(whole.learningRate());
      OneCycle gentler = new OneCycle(0.001, 10);
      gentler.restore(whole.state());
      assertThat(gentler.learningRate()).isCloseTo(whole.learningRate() / 2, within(1e-15));
      whole.epoch(1);
    }
    List<Double> plateaus = new Plateau(1, 0.4, 2).state();
    assertThatThrownBy(() -> whole.restore(plateaus)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneEpochIsEnough() {
    assertThat(new OneCycle(0.002, 1).learningRate()).isPositive();
  }
}
