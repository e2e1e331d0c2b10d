package affetto.train;

import java.util.List;

/** Lowers the learning rate when the training loss stalls. Counts epochs, so it has state. */
final class Plateau implements Schedule {

  /** A smaller gain counts as none, as in Keras. */
  private static final double LEAST_GAIN = 1e-4;

  private final double initial;
  private final double factor;
  private final int patience;
  private double learningRate;
  private double best = Double.POSITIVE_INFINITY;
  private int stalled;

  Plateau(double learningRate, double factor, int patience) {
    this.initial = learningRate;
    this.learningRate = learningRate;
    this.factor = factor;
    this.patience = patience;
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  @Override
  public void epoch(double loss) {
    if (loss < best - LEAST_GAIN) {
      best = loss;
      stalled = 0;
    } else if (++stalled >= patience) {
      learningRate *= factor;
      stalled = 0;
    }
  }

  /** The first learning rate and the present one, the best loss, epochs since. */
  @Override
  public List<Double> state() {
    return List.of(initial, learningRate, best, (double) stalled);
  }

  /** A first learning rate that is another one now is the present one from here on. */
  @Override
  public void restore(List<Double> state) {
    if (state.size() != 4) {
      throw new IllegalArgumentException("not a plateau's four numbers: " + state);
    }
    learningRate = state.get(0) == initial ? state.get(1) : initial;
    best = state.get(2);
    stalled = state.get(3).intValue();
  }
}
