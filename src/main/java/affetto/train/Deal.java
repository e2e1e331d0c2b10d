package affetto.train;

import java.io.Serializable;
import java.util.Random;

/**
 * Who gets which row when: a pure function of the number of rows, the seed and the epoch.
 *
 * <p>An epoch is cut into as few steps as batches of {@code batchSize} rows for every worker allow,
 * and the rows are spread evenly over steps and workers: every row is used exactly once, every
 * worker takes as many steps as the others, and no batch is much smaller than the rest. {@code
 * averagingFrequency} steps make a round, the last round what is left.
 *
 * @param rows to deal, at least as many as workers
 * @param workers side by side
 * @param batchSize rows of a worker's minibatch, at most (two where it is one and the rows do not
 *     come out even)
 * @param averagingFrequency steps of a round
 * @param seed of the order
 */
record Deal(int rows, int workers, int batchSize, int averagingFrequency, long seed)
    implements Serializable {

  Deal {
    if (rows < workers) {
      throw new IllegalArgumentException(
          "%d training rows for %d workers: too few".formatted(rows, workers));
    }
  }

  /** Steps of an epoch. */
  int steps() {
    return (int) Math.min(ceilDiv(rows, (long) workers * batchSize), rows / workers);
  }

  /** Rounds of an epoch. */
  int rounds() {
    return (int) ceilDiv(steps(), averagingFrequency);
  }

  /** Steps of a round, from round 0. */
  int stepsOf(int round) {
    return Math.min(averagingFrequency, steps() - round * averagingFrequency);
  }

  /** The first place of a worker's batch in the shuffled rows; where it ends the next begins. */
  int start(int step, int worker) {
    long slot = (long) step * workers + worker;
    return (int) (rows * slot / ((long) steps() * workers));
  }

  /** The step times workers plus the worker that a place belongs to. */
  int slotOf(int place) {
    long slots = (long) steps() * workers;
    int slot = (int) (place * slots / rows);
    // Rounding down twice can miss by one.
    while (place >= start(0, slot + 1)) {
      slot++;
    }
    return slot;
  }

  /**
   * The order of an epoch.
   *
   * @return for each row in the order of clip ids its place among the shuffled rows
   */
  int[] places(int epoch) {
    Random random = new Random(seed * 1_000_003 + epoch);
    int[] places = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      places[i] = places[j];
      places[j] = i;
    }
    return places;
  }

  private static long ceilDiv(long amount, long by) {
    return (amount + by - 1) / by;
  }
}
