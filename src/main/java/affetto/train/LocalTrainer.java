package affetto.train;

import affetto.model.Backend;
import affetto.model.NativeThreads;
import affetto.model.NetworkSpec;
import java.util.Comparator;
import java.util.List;

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
    Shift shift = new Shift(deal, Minibatches.of(network, training), watch.clock());
    NativeThreads.limit(threads);
    return new EpochLoop(training, 1, validation, checkpoints, watch)
        .run(
            network,
            (trained, epoch, rate) -> shift.run(trained, rows, 0, epoch, 0, deal.steps()),
            Backend::name);
  }
}
