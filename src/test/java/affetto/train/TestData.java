package affetto.train;

import affetto.model.InputSpec;
import affetto.model.NetworkSpec;
import affetto.model.Networks;
import affetto.model.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Small data that a network can learn, and short trainings. */
final class TestData {
  static final int FEATURES = 20;
  static final int CLASSES = 3;
  private static final float[] WEIGHTS = {1, 1.5f, 0.5f};

  private TestData() {}

  /** A row that counts for as much as its class. */
  private static Example row(int place, int label, float[] values) {
    Example row = Example.of("clip-%05d".formatted(place), label, CLASSES, values);
    row.target()[label] = WEIGHTS[label];
    return row;
  }

  /** Rows of unit noise whose classes differ in where a bump stands. */
  static List<Example> rows(int number, long seed) {
    Random random = new Random(seed);
    List<Example> rows = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      int label = i % CLASSES;
      float[] values = new float[FEATURES];
      for (int f = 0; f < FEATURES; f++) {
        boolean bump = f / (FEATURES / CLASSES) == label;
        values[f] = (float) (random.nextGaussian() + (bump ? 1.5 : 0));
      }
      rows.add(row(i, label, values));
    }
    Collections.shuffle(rows, random);
    return rows;
  }

  static NetworkSpec network() {
    return new NetworkSpec(
        Networks.RECIPE_CNN,
        new InputSpec(1, FEATURES, false),
        CLASSES,
        Optimizer.ADAM,
        1e-3,
        NetworkSpec.DEFAULT_CLIP_NORM,
        0,
        true,
        11);
  }

  /** Noise of 10 frames in 8 bands behind its levels, of which the class's own is louder. */
  static List<Example> levelledRows(int number, long seed) {
    Random random = new Random(seed);
    List<Example> rows = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      float[] values = new float[8 + 10 * 8];
      for (int at = 0; at < values.length; at++) {
        values[at] = (float) random.nextGaussian();
      }
      values[i % CLASSES] += 3;
      rows.add(row(i, i % CLASSES, values));
    }
    return rows;
  }

  /** A network that takes them. */
  static NetworkSpec levelledNetwork() {
    return new NetworkSpec(
        Networks.LOGMEL_LEVELS,
        new InputSpec(12, 8, 0, true, true),
        CLASSES,
        Optimizer.ADAM,
        1e-2,
        NetworkSpec.DEFAULT_CLIP_NORM,
        0.1,
        true,
        11);
  }

  static TrainingSpec training(int epochs, int workers, int batchSize, int frequency) {
    return new TrainingSpec(epochs, workers, batchSize, frequency, 1e-3, 0.4, 2, 0, true, 3);
  }

  /** Whether two trainings came to the same parameters, to the last bit. */
  static boolean same(TrainingOutcome one, TrainingOutcome other) {
    return Arrays.equals(one.network().copyOfParameters(), other.network().copyOfParameters());
  }

  static List<Double> losses(TrainingOutcome outcome) {
    return outcome.epochs().stream().map(EpochReport::loss).toList();
  }

  /** Tells nobody, by a clock that stands still: on executors, too, and whoever looks first. */
  static TrainingWatch watch() {
    return TrainingWatch.silent(() -> 0);
  }
}
