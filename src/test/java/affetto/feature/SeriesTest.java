package affetto.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Statistics of numbers, and the moves of a contour. */
class SeriesTest {

  private static Series of(double... values) {
    Series series = new Series();
    for (double value : values) {
      series.add(value);
    }
    return series;
  }

  @Test
  void statisticsAreNumpys() {
    Series series = of(3, 1, 4, 1, 5, 9, 2, 6);
    assertThat(series.mean()).isEqualTo(3.875);
    assertThat(series.stddev()).isCloseTo(2.5708704751503917, within(1e-14));
    assertThat(series.stddevNorm()).isCloseTo(2.5708704751503917 / 3.875, within(1e-14));
    assertThat(series.percentile(0)).isEqualTo(1);
    assertThat(series.percentile(20)).isCloseTo(1.4, within(1e-14));
    assertThat(series.percentile(50)).isEqualTo(3.5);
    assertThat(series.percentile(100)).isEqualTo(9);
    assertThat(series.toArray()).containsExactly(3, 1, 4, 1, 5, 9, 2, 6);
  }

  @Test
  void noNumbersAreNeutral() {
    Series none = of();
    assertThat(none.mean()).isZero();
    assertThat(none.stddev()).isZero();
    assertThat(none.stddevNorm()).isZero();
    assertThat(none.percentile(50)).isZero();
    assertThat(of(-1, 1).stddevNorm()).isZero();
  }

  @Test
  void aSeriesGrows() {
    Series series = of();
    for (int i = 0; i < 1000; i++) {
      series.add(i);
    }
    assertThat(series.size()).isEqualTo(1000);
    assertThat(series.percentile(50)).isEqualTo(499.5);
  }

  @Test
  void movesGoFromTurnToTurn() {
    Moves moves = new Moves(1, 100);
    moves.add(new double[] {5, 5, 6, 7, 7, 6.5, 8, 4, 4.5, 2, 2});
    // Up from the first 5 to 8, five frames later on; down to 2, three frames later.
    assertThat(moves.rising().toArray()).containsExactly(3 * 100 / 6.0);
    assertThat(moves.falling().toArray()).containsExactly(6 * 100 / 3.0);
    assertThat(moves.peaks()).isEqualTo(1);
    moves.add(new double[] {9, 1, 9});
    assertThat(moves.rising().size()).isEqualTo(2);
    assertThat(moves.falling().size()).isEqualTo(2);
    assertThat(moves.peaks()).isEqualTo(1);
  }

  @Test
  void ripplesAreNoMoves() {
    Moves moves = new Moves(1, 100);
    moves.add(new double[] {5, 5.9, 5, 5.9, 5});
    moves.add(new double[] {5});
    moves.add(new double[0]);
    assertThat(moves.rising().size() + moves.falling().size() + moves.peaks()).isZero();
    Moves constant = new Moves(0, 100);
    constant.add(new double[] {5, 5, 5});
    assertThat(constant.rising().size()).isZero();
  }

  @Test
  void smoothingIsAMeanOfNeighbours() {
    assertThat(new MovingAverage(3).of(new double[] {3, 6, 0, 9})).containsExactly(4.5, 3, 5, 4.5);
    assertThat(new MovingAverage(3).of(new double[] {7})).containsExactly(7);
  }
}
