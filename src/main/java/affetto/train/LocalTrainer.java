package affetto.train;

import affetto.model.EmotionNetwork;
import affetto.model.NativeThreads;
import affetto.model.NetworkSpec;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Trains in this process, one minibatch after another: the truth that averaging is held against.
 *
 * <p>It is always one worker: the training's number of workers does not matter here.
 */
public final class LocalTrainer implements Trainer {
  private final List<Example> rows;
  private final List<Example> validation;
  private final int threads;

  /**
   * @param rows to train on, in any order
   * @param validation for early stopping, may be empty
   * @param threads that one operation may use
   */
  public LocalTrainer(List<Example> rows, List<Example> validation, int threads) {
    this.rows = rows.stream().sorted(Comparator.comparing(Example::clip)).toList();
    this.validation = List.copyOf(validation);
    this.threads = threads;
  }

  @Override
  public TrainingOutcome train(
      NetworkSpec network, TrainingSpec training, Checkpoints checkpoints, TrainingWatch watch) {
    Deal deal =
        new Deal(
            rows.size(), 1, training.batchSize(), training.averagingFrequency(), training.seed());
    Minibatches minibatches = Minibatches.of(network, training);
    NativeThreads.limit(threads);
    return new EpochLoop(training, validation, checkpoints, watch)
        .run(network, (trained, epoch) -> pass(deal, minibatches, trained, epoch));
  }

  private LossSum pass(Deal deal, Minibatches minibatches, EmotionNetwork network, int epoch) {
    int[] places = deal.places(epoch);
    Example[] shuffled = new Example[places.length];
    for (int i = 0; i < places.length; i++) {
      shuffled[places[i]] = rows.get(i);
    }
    List<Example> inOrder = List.of(shuffled);
    LossSum loss = LossSum.NONE;
    for (int step = 0; step < deal.steps() && !loss.broken(); step++) {
      int place = deal.start(step, 0);
      List<Example> batch = inOrder.subList(place, deal.start(step + 1, 0));
      DataSet minibatch = minibatches.of(batch, epoch, place);
      network.layers().fit(minibatch);
      loss = loss.plus(network.layers().score(), batch.size());
    }
    return loss;
  }
}
