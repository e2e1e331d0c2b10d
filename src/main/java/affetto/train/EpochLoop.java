package affetto.train;

import affetto.model.EmotionNetwork;
import affetto.model.InputSpec;
import affetto.model.NetworkSpec;
import affetto.model.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What all trainers share: epochs, schedule, early stopping, reports. Good for one training. */
final class EpochLoop {
  private static final double NANOS = 1e9;

  /** One pass over the training rows. */
  interface Pass {
    /**
     * Trains for one epoch.
     *
     * @param epoch from 1
     * @return the losses of its rows
     */
    LossSum run(EmotionNetwork network, int epoch);
  }

  private final TrainingSpec training;
  private final List<Example> validation;
  private final TrainingWatch watch;
  private long began;
  private long nanos;
  private long rows;

  EpochLoop(TrainingSpec training, List<Example> validation, TrainingWatch watch) {
    this.training = training;
    this.validation = validation;
    this.watch = watch;
  }

  TrainingOutcome run(NetworkSpec spec, Pass pass) {
    EmotionNetwork network = EmotionNetwork.create(spec);
    boolean stopsEarly = stopsEarly();
    Schedule schedule = training.newSchedule();
    List<EpochReport> reports = new ArrayList<>();
    float[] best = null;
    int bestEpoch = 0;
    began = watch.nanoTime();
    for (int epoch = 1; epoch <= training.epochs(); epoch++) {
      EpochReport report = epoch(network, pass, epoch, schedule.learningRate());
      reports.add(report);
      watch.epoch(report);
      schedule.epoch(report.loss());
      if (stopsEarly && (best == null || uar(report) > uar(reports.get(bestEpoch - 1)))) {
        best = network.copyOfParameters();
        bestEpoch = epoch;
      } else if (stopsEarly && epoch - bestEpoch >= training.earlyStoppingPatience()) {
        watch.note("no better validation UAR since epoch %d: stopped".formatted(bestEpoch));
        break;
      }
    }
    if (best != null) {
      network.restoreParameters(best);
    }
    return new TrainingOutcome(
        network, reports, best == null ? reports.size() : bestEpoch, rowsPerSecond(rows, nanos));
  }

  private EpochReport epoch(EmotionNetwork network, Pass pass, int epoch, double rate) {
    network.setLearningRate(rate);
    long start = watch.nanoTime();
    LossSum loss = pass.run(network, epoch);
    long took = watch.nanoTime() - start;
    if (loss.broken() || !network.isFinite()) {
      throw new DivergedException(epoch, rate);
    }
    nanos += took;
    rows += loss.rows();
    OptionalDouble uar = validationUar(network);
    double left = (watch.nanoTime() - began) / NANOS / epoch * (training.epochs() - epoch);
    return new EpochReport(
        epoch, training.epochs(), loss.mean(), uar, rate, rowsPerSecond(loss.rows(), took), left);
  }

  private static double rowsPerSecond(long rows, long nanos) {
    return rows * NANOS / Math.max(1, nanos);
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
