package affetto.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseSourceTest {

  private static final int MANY = 1_000_000;

  private static double[] normals(long seed, int count) {
    NoiseSource source = new NoiseSource(seed);
    return DoubleStream.generate(source::normal).limit(count).toArray();
  }

  /** Rows of features were computed with these; another number here is another revision. */
  @Test
  void theNumbersOfASeedAreTheSameForEver() {
    NoiseSource source = new NoiseSource(42);
    assertThat(new double[] {source.uniform(), source.uniform(), source.uniform()})
        .containsExactly(0.7415648787718233, 0.1599103928769201, 0.27860113025513866);
    assertThat(normals(42, 6))
        .containsExactly(
            -0.7207291127938285,
            1.061883279671703,
            1.0420088589399672,
            0.964487621256556,
            0.0457202198471614,
            -0.8126443388659074);
    // The bits of a million numbers, wedges and tails among them.
    assertThat(Arrays.hashCode(normals(3, MANY))).isEqualTo(-1111595973);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theMomentsAreTheNormalOnes(long seed) {
    double[] sums = new double[5];
    for (double x : normals(seed, MANY)) {
      for (int power = 1; power <= 4; power++) {
        sums[power] += Math.pow(x, power) / MANY;
      }
    }
    // Four standard errors: the variances of x, x^2, x^3 and x^4 are 1, 2, 15 and 96.
    assertThat(sums[1]).isCloseTo(0, within(4 * Math.sqrt(1.0 / MANY)));
    assertThat(sums[2]).isCloseTo(1, within(4 * Math.sqrt(2.0 / MANY)));
    assertThat(sums[3]).isCloseTo(0, within(4 * Math.sqrt(15.0 / MANY)));
    assertThat(sums[4]).isCloseTo(3, within(4 * Math.sqrt(96.0 / MANY)));
  }

  /** Kolmogorov and Smirnov: the bound is passed by one true sample in a thousand. */
  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void theDistributionIsTheNormalOne(long seed) {
    double[] sorted = normals(seed, MANY);
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < MANY; i++) {
      double wanted = normalCdf(sorted[i]);
      distance = Math.max(distance, Math.abs(wanted - (double) i / MANY));
      distance = Math.max(distance, Math.abs(wanted - (i + 1.0) / MANY));
    }
    assertThat(distance).isLessThan(1.95 / Math.sqrt(MANY));
  }

  /** The tail begins at 3.654, and has a rule of its own. */
  @Test
  void theTailsAreAsLongAsTheyShouldBe() {
    int count = 10 * MANY;
    NoiseSource source = new NoiseSource(7);
    int[] beyond = new int[11];
    int negative = 0;
    for (int i = 0; i < count; i++) {
      double x = source.normal();
      negative += x < 0 ? 1 : 0;
      for (int step = 0; step < beyond.length && Math.abs(x) > 3 + 0.2 * step; step++) {
        beyond[step]++;
      }
    }
    assertThat((double) negative / count).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(count)));
    for (int step = 0; step < beyond.length; step++) {
      double expected = 2 * count * normalCdf(-3 - 0.2 * step);
      assertThat((double) beyond[step])
          .as("beyond %.1f", 3 + 0.2 * step)
          .isCloseTo(expected, within(4 * Math.sqrt(expected) + 1));
    }
  }

  @Test
  void neighboursDoNotDependOnEachOther() {
    double[] normals = normals(8, MANY);
    for (int lag = 1; lag <= 3; lag++) {
      double product = 0;
      double squares = 0;
      for (int i = lag; i < MANY; i++) {
        product += normals[i] * normals[i - lag];
        squares += (normals[i] * normals[i] - 1) * (normals[i - lag] * normals[i - lag] - 1) / 2;
      }
      assertThat(product / MANY).as("lag %d", lag).isCloseTo(0, within(4 / Math.sqrt(MANY)));
      assertThat(squares / MANY).as("lag %d", lag).isCloseTo(0, within(4 / Math.sqrt(MANY)));
    }
  }

  @Test
  void wholeNumbersFillTheirRange() {
    NoiseSource source = new NoiseSource(9);
    int[] counts = new int[5];
    for (int i = 0; i < 50_000; i++) {
      counts[source.below(5)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_600, 10_400);
    }
  }

  /** Simpson's rule from the far tail on; good to 1e-9. */
  private static double normalCdf(double x) {
    double magnitude = Math.abs(x);
    int steps = 60;
    double width = magnitude / steps;
    double sum = 1 + Math.exp(-magnitude * magnitude / 2);
    for (int i = 1; i < steps; i++) {
      double at = i * width;
      sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-at * at / 2);
    }
    double half = sum * width / 3 / Math.sqrt(2 * Math.PI);
    return x < 0 ? 0.5 - half : 0.5 + half;
  }
}
