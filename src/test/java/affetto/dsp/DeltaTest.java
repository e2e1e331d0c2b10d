package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaTest {

  private static double[] delta(int width, int order, int frames, IntToDoubleFunction contour) {
    double[] values = new double[frames];
    for (int t = 0; t < frames; t++) {
      values[t] = contour.applyAsDouble(t);
    }
    double[] delta = new double[frames];
    new Delta(width, order).apply(values, frames, delta);
    return delta;
  }

  private static void assertAll(double[] actual, double wanted) {
    for (double value : actual) {
      assertThat(value).isCloseTo(wanted, within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 9, 10, 50})
  void aLineHasItsSlope(int frames) {
    assertAll(delta(9, 1, frames, t -> 3 - 0.5 * t), -0.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 8, 9, 10, 50})
  void aParabolaHasItsSecondDerivative(int frames) {
    assertAll(delta(9, 2, frames, t -> 1 + 2 * t - 0.25 * t * t), -0.5);
  }

  @Test
  void aCubicHasItsThirdDerivative() {
    assertAll(delta(7, 3, 30, t -> 2.0 * t * t * t - 5 * t * t + t), 12);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 2", "3, 3"})
  void whatIsTooShortDoesNotChange(int order, int frames) {
    assertAll(delta(9, order, frames, t -> 7 * t * t + 1), 0);
  }

  @Test
  void anImpulseShowsTheWeights() {
    double[] delta = delta(9, 1, 20, t -> t == 10 ? 60 : 0);
    assertThat(delta)
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0, 0, 0, 0, 0, 0, 4, 3, 2, 1, 0, -1, -2, -3, -4, 0, 0, 0, 0, 0);
  }

  @Test
  void theEndsHaveTheSlopeOfTheFirstAndLastNine() {
    double[] delta = delta(9, 1, 12, t -> t == 0 ? 60 : 0);
    assertThat(delta)
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(-4, -4, -4, -4, -4, 0, 0, 0, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "1, 1", "9, 0", "9, 9"})
  void refusesWhatCannotBe(int width, int order) {
    assertThatThrownBy(() -> new Delta(width, order))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no derivative of order %d from %d frames", order, width);
  }
}
