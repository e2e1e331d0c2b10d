package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class BetaDistributionTest {

  @Test
  void hasKnownValues() {
    for (int i = 0; i <= 20; i++) {
      double x = i / 20.0;
      assertThat(new BetaDistribution(1, 1).cumulative(x)).isCloseTo(x, within(1e-15));
      assertThat(new BetaDistribution(3, 1).cumulative(x)).isCloseTo(x * x * x, within(1e-14));
      assertThat(new BetaDistribution(2, 18).cumulative(x))
          .isCloseTo(1 - Math.pow(1 - x, 18) * (1 + 18 * x), within(1e-14));
      assertThat(new BetaDistribution(0.5, 0.5).cumulative(x))
          .isCloseTo(2 / Math.PI * Math.asin(Math.sqrt(x)), within(1e-14));
    }
  }

  @Property(tries = 200)
  void isSymmetricInItsShapesAndRises(
      @ForAll @DoubleRange(min = 0.05, max = 500) double a,
      @ForAll @DoubleRange(min = 0.05, max = 500) double b,
      @ForAll @DoubleRange(min = 0, max = 0.99) double x) {
    double here = new BetaDistribution(a, b).cumulative(x);
    assertThat(here).isBetween(0.0, 1.0);
    assertThat(here).isCloseTo(1 - new BetaDistribution(b, a).cumulative(1 - x), within(1e-12));
    assertThat(new BetaDistribution(a, b).cumulative(x + 0.01))
        .isGreaterThanOrEqualTo(here - 1e-14);
  }
}
