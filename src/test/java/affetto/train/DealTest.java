package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DealTest {

  @Property(tries = 300)
  void everyRowIsDealtOnceAndBatchesDifferByOneRowAtMost(
      @ForAll @IntRange(min = 8, max = 3000) int rows,
      @ForAll @IntRange(min = 1, max = 8) int workers,
      @ForAll @IntRange(min = 1, max = 100) int batchSize,
      @ForAll @IntRange(min = 1, max = 7) int frequency) {
    Deal deal = new Deal(rows, workers, batchSize, frequency, 1);
    int least = Integer.MAX_VALUE;
    int most = 0;
    int next = 0;
    for (int step = 0; step < deal.steps(); step++) {
      for (int worker = 0; worker < workers; worker++) {
        assertThat(deal.start(step, worker)).isEqualTo(next);
        next = deal.start(step, worker + 1);
        least = Math.min(least, next - deal.start(step, worker));
        most = Math.max(most, next - deal.start(step, worker));
        assertThat(deal.slotOf(deal.start(step, worker))).isEqualTo(step * workers + worker);
        assertThat(deal.slotOf(next - 1)).isEqualTo(step * workers + worker);
      }
    }
    assertThat(next).isEqualTo(rows);
    assertThat(least).isPositive();
    assertThat(most).isLessThanOrEqualTo(Math.max(2, batchSize)).isLessThanOrEqualTo(least + 1);
    int steps = 0;
    for (int round = 0; round < deal.rounds(); round++) {
      assertThat(deal.stepsOf(round)).isBetween(1, frequency);
      steps += deal.stepsOf(round);
    }
    assertThat(steps).isEqualTo(deal.steps());
  }

  @Test
  void placesAreAPermutationOfTheirOwnForEachEpochAndSeed() {
    Deal deal = new Deal(1000, 2, 64, 5, 7);
    int[] sorted = deal.places(1).clone();
    Arrays.sort(sorted);
    assertThat(sorted).startsWith(0, 1, 2).endsWith(999).doesNotHaveDuplicates();
    assertThat(deal.places(2)).isNotEqualTo(deal.places(1));
    assertThat(new Deal(1000, 2, 64, 5, 8).places(1)).isNotEqualTo(deal.places(1));
  }

  @Property(tries = 100)
  void workersKeepTheirRowsAndSeeThemInTheOrderOfThePlaces(
      @ForAll @IntRange(min = 8, max = 500) int rows,
      @ForAll @IntRange(min = 1, max = 8) int workers,
      @ForAll @IntRange(min = 1, max = 40) int batchSize,
      @ForAll @IntRange(min = 1, max = 5) int epoch) {
    Deal deal = new Deal(rows, workers, batchSize, 3, 7);
    int[] owners = deal.owners();
    int[] places = deal.places(epoch);
    int[] rowAt = new int[rows];
    for (int row = 0; row < rows; row++) {
      rowAt[places[row]] = row;
      assertThat(deal.slotOf(places[row]) % workers).isEqualTo(owners[row]);
    }
    for (int worker = 0; worker < workers; worker++) {
      int self = worker;
      int[] own = IntStream.range(0, rows).filter(row -> owners[row] == self).toArray();
      int[] order = deal.order(worker, epoch);
      assertThat(order).hasSize(own.length);
      for (int step = 0; step < deal.steps(); step++) {
        for (int i = 0; i < deal.size(step, worker); i++) {
          assertThat(own[order[deal.before(step, worker) + i]])
              .isEqualTo(rowAt[deal.start(step, worker) + i]);
        }
      }
    }
  }

  @Test
  void workersHaveOrdersOfTheirOwn() {
    Deal deal = new Deal(1000, 2, 50, 5, 7);
    assertThat(deal.order(0, 1)).hasSameSizeAs(deal.order(1, 1)).isNotEqualTo(deal.order(1, 1));
    assertThat(deal.owners()).isNotEqualTo(new Deal(1000, 2, 50, 5, 8).owners());
  }

  @Test
  void wantsARowForEachWorker() {
    assertThatThrownBy(() -> new Deal(3, 4, 64, 5, 7)).hasMessageContaining("3 training rows");
  }
}
