package affetto.train;

import affetto.model.EmotionNetwork;
import affetto.model.InputSpec;
import affetto.model.NetworkSpec;
import affetto.model.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * What all trainers share: epochs, schedule, early stopping, reports, checkpoints. Good for one
 * training.
 */
final class EpochLoop {
  private static final double NANOS = 1e9;
  private static final float[] NOTHING = {};

  /** One pass over the training rows. */
  interface Pass {
    /**
     * Trains for one epoch.
     *
     * @param epoch from 1
     * @param learningRate of the epoch, which the network has already
     * @return the losses of its rows; those up to the first that is broken where one is
     */
    Tally run(EmotionNetwork network, int epoch, double learningRate);
  }

  private final TrainingSpec training;
  private final int workers;
  private final List<Example> validation;
  private final Checkpoints checkpoints;
  private final TrainingWatch watch;
  private final Schedule schedule;
  private final List<EpochReport> reports = new ArrayList<>();
  private float[] best = NOTHING;
  private int bestEpoch;
  private long began;
  private int before;

  /**
   * A training at its beginning.
   *
   * @param workers that train side by side
   */
  EpochLoop(
      TrainingSpec training,
      int workers,
      List<Example> validation,
      Checkpoints checkpoints,
      TrainingWatch watch) {
    this.training = training;
    this.workers = workers;
    this.validation = validation;
    this.checkpoints = checkpoints;
    this.watch = watch;
    this.schedule = training.newSchedule();
  }

  /**
   * Trains.
   *
   * @param backend what an epoch was computed with, asked after each
   */
  TrainingOutcome run(NetworkSpec spec, Pass pass, Supplier<String> backend) {
    EmotionNetwork network = EmotionNetwork.create(spec);
    RunawayCheck runaway = new RunawayCheck(spec.classes());
    boolean stopsEarly = stopsEarly();
    checkpoints.last().ifPresent(state -> restore(network, state, stopsEarly));
    before = reports.size();
    began = watch.clock().nanoTime();
    while (!isOver()) {
      EpochReport report = epoch(network, pass, runaway, backend);
      reports.add(report);
      schedule.epoch(report.loss());
      if (stopsEarly && (bestEpoch == 0 || uar(report) > uar(reports.get(bestEpoch - 1)))) {
        best = network.copyOfParameters();
        bestEpoch = report.epoch();
      }
      checkpoints.save(state(network), isOver());
      watch.epoch(report);
    }
    if (reports.size() < training.epochs()) {
      watch.note("no better validation UAR since epoch %d: stopped".formatted(bestEpoch));
    }
    if (bestEpoch > 0) {
      network.restoreParameters(best);
    }
    return new TrainingOutcome(
        network,
        reports,
        bestEpoch > 0 ? bestEpoch : reports.size(),
        rowsPerSecond(reports),
        waitingShare());
  }

  /** Of the epochs since the training began or went on. */
  private double waitingShare() {
    return reports.stream().skip(before).mapToDouble(EpochReport::waitingShare).average().orElse(0);
  }

  private TrainingState state(EmotionNetwork network) {
    OptimizerState optimizer = OptimizerState.of(network);
    return new TrainingState(
        network.copyOfParameters(),
        optimizer.numbers(),
        optimizer.iterations(),
        optimizer.passes(),
        schedule.state(),
        best,
        bestEpoch,
        reports);
  }

  private void restore(EmotionNetwork network, TrainingState state, boolean stopsEarly) {
    network.restoreParameters(state.parameters());
    new OptimizerState(state.optimizer(), state.iterations(), state.passes()).putInto(network);
    reports.addAll(state.reports());
    network.setLearningRate(reports.get(reports.size() - 1).learningRate());
    schedule.restore(state.schedule());
    if (stopsEarly && state.bestEpoch() > 0) {
      best = state.best();
      bestEpoch = state.bestEpoch();
    }
  }

  /** Whether all epochs are done, or nothing has got better for so long that training ends. */
  private boolean isOver() {
    // Without early stopping no epoch is the best.
    boolean stale = bestEpoch > 0 && reports.size() - bestEpoch >= training.earlyStoppingPatience();
    return stale || reports.size() >= training.epochs();
  }

  private EpochReport epoch(
      EmotionNetwork network, Pass pass, RunawayCheck runaway, Supplier<String> backend) {
    int epoch = reports.size() + 1;
    double rate = schedule.learningRate();
    network.setLearningRate(rate);
    long start = watch.clock().nanoTime();
    Tally tally = pass.run(network, epoch, rate);
    LossSum loss = tally.loss();
    long took = watch.clock().nanoTime() - start;
    runaway
        .sign(loss, network, reports)
        .ifPresent(
            sign -> {
              throw new DivergedException(epoch, rate, sign);
            });
    OptionalDouble uar = validationUar(network);
    double each = (watch.clock().nanoTime() - began) / NANOS / (epoch - before);
    return new EpochReport(
        epoch,
        training.epochs(),
        loss.mean(),
        uar,
        rate,
        loss.rows() * NANOS / Math.max(1, took),
        tally.waitingShare(),
        tally.idleShare(workers, took),
        each * (training.epochs() - epoch),
        backend.get());
  }

  /** Over all epochs, each of which took the same rows. */
  private static double rowsPerSecond(List<EpochReport> reports) {
    double seconds = reports.stream().mapToDouble(report -> 1 / report.rowsPerSecond()).sum();
    return reports.size() / seconds;
  }

  private static double uar(EpochReport report) {
    return report.validationUar().orElse(0);
  }

  private boolean stopsEarly() {
    if (training.earlyStoppingPatience() > 0 && validation.isEmpty()) {
      watch.note("no validation rows: early stopping is off, the last epoch's parameters are kept");
    }
    return training.earlyStoppingPatience() > 0 && !validation.isEmpty();
  }

  /** Mean recall over the classes that the validation rows have. */
  private OptionalDouble validationUar(EmotionNetwork network) {
    if (validation.isEmpty()) {
      return OptionalDouble.empty();
    }
    InputSpec input = network.input();
    double[][] posteriors =
        network.posteriors(validation.stream().map(row -> input.fit(row.values())).toList());
    int classes = posteriors[0].length;
    int[] all = new int[classes];
    int[] right = new int[classes];
    for (int i = 0; i < posteriors.length; i++) {
      Example row = validation.get(i);
      int label = row.label();
      all[label]++;
      if (TrainedModel.best(posteriors[i], row.possible()) == label) {
        right[label]++;
      }
    }
    double recalls = 0;
    int present = 0;
    for (int c = 0; c < classes; c++) {
      if (all[c] > 0) {
        recalls += (double) right[c] / all[c];
        present++;
      }
    }
    return OptionalDouble.of(recalls / present);
  }
}
