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
 * <p>Each worker keeps the rows that it was given by lot at the beginning, and sees them in another
 * order each epoch.
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

  /** Seeds of epochs and of workers do not meet. */
  private static final long MANY = 1_000_003;

  private static final long FAR = 0x9E3779B97F4A7C15L;

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

  /** The first place of a worker's batch in the epoch; where it ends the next begins. */
  int start(int step, int worker) {
    long slot = (long) step * workers + worker;
    return (int) (rows * slot / ((long) steps() * workers));
  }

  /** Rows of a worker's batch. */
  int size(int step, int worker) {
    return start(step, worker + 1) - start(step, worker);
  }

  /** Rows of a worker's batches before a step. */
  int before(int step, int worker) {
    int before = 0;
    for (int s = 0; s < step; s++) {
      before += size(s, worker);
    }
    return before;
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

  /** For each row in the order of clip ids the worker that keeps it. */
  int[] owners() {
    int[] owners = new int[rows];
    if (workers > 1) {
      int[] lots = shuffled(rows, seed * MANY);
      for (int row = 0; row < rows; row++) {
        owners[row] = slotOf(lots[row]) % workers;
      }
    }
    return owners;
  }

  /**
   * The order in which a worker sees its rows.
   *
   * @return indices into the worker's rows, themselves in the order of clip ids
   */
  int[] order(int worker, int epoch) {
    int[] places = own(worker, epoch);
    int[] order = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      order[places[i]] = i;
    }
    return order;
  }

  /**
   * The order of an epoch: place after place, the first batches of all workers, then the second.
   *
   * @return for each row in the order of clip ids its place
   */
  int[] places(int epoch) {
    int[] places = new int[rows];
    int[] owners = owners();
    for (int worker = 0; worker < workers; worker++) {
      int[] own = own(worker, epoch);
      int[] all = placesOf(worker);
      int next = 0;
      for (int row = 0; row < rows; row++) {
        if (owners[row] == worker) {
          places[row] = all[own[next++]];
        }
      }
    }
    return places;
  }

  /** For each of a worker's rows, in the order of clip ids, its place among them. */
  private int[] own(int worker, int epoch) {
    return shuffled(before(steps(), worker), seed * MANY + epoch + worker * FAR);
  }

  /** All places of a worker's batches. */
  private int[] placesOf(int worker) {
    int[] places = new int[before(steps(), worker)];
    int next = 0;
    for (int step = 0; step < steps(); step++) {
      for (int place = start(step, worker); place < start(step, worker + 1); place++) {
        places[next++] = place;
      }
    }
    return places;
  }

  private static int[] shuffled(int length, long seed) {
    Random random = new Random(seed);
    int[] shuffled = new int[length];
    for (int i = 0; i < length; i++) {
      int j = random.nextInt(i + 1);
      shuffled[i] = shuffled[j];
      shuffled[j] = i;
    }
    return shuffled;
  }

  private static long ceilDiv(long amount, long by) {
    return (amount + by - 1) / by;
  }
}
