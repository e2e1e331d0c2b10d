package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;
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
  void oneEpochIsEnough() {
    assertThat(new OneCycle(0.002, 1).learningRate()).isPositive();
  }
}
