package affetto.train;

import affetto.model.EmotionNetwork;
import java.io.Serializable;
import java.util.List;

/**
 * A worker's steps on its own rows: those of a round, or of a whole epoch.
 *
 * @param deal which rows are in which step
 * @param minibatches how rows become input
 * @param clock of the JVM that trains
 */
record Shift(Deal deal, Minibatches minibatches, Clock clock) implements Serializable {

  /**
   * Trains, and stops early only where a loss is broken.
   *
   * @param network to train
   * @param rows all that the worker keeps, in the order of clip ids
   * @param worker from 0
   * @param epoch from 1
   * @param from the first step
   * @param to the step after the last
   */
  Tally run(EmotionNetwork network, List<Example> rows, int worker, int epoch, int from, int to) {
    int[] order = deal.order(worker, epoch);
    int[] begins = new int[to - from + 1];
    begins[0] = deal.before(from, worker);
    for (int step = from; step < to; step++) {
      begins[step - from + 1] = begins[step - from] + deal.size(step, worker);
    }
    Tally tally = Tally.NONE;
    try (Feed<Minibatches.Arrays> feed =
        new Feed<>(
            from,
            to,
            step ->
                minibatches.arrays(
                    dealt(rows, order, begins[step - from], begins[step - from + 1]),
                    epoch,
                    deal.start(step, worker)))) {
      while (feed.hasNext() && !tally.loss().broken()) {
        long asked = clock.nanoTime();
        Minibatches.Arrays arrays = feed.next();
        long given = clock.nanoTime();
        network.graph().fit(minibatches.of(arrays));
        LossSum loss = LossSum.NONE.plus(network.graph().score(), arrays.rows());
        tally = tally.plus(new Tally(loss, given - asked, clock.nanoTime() - given));
      }
    }
    return tally;
  }

  private static List<Example> dealt(List<Example> rows, int[] order, int begin, int end) {
    Example[] batch = new Example[end - begin];
    for (int i = begin; i < end; i++) {
      batch[i - begin] = rows.get(order[i]);
    }
    return List.of(batch);
  }
}
