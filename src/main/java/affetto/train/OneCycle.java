package affetto.train;

import java.util.List;

/**
 * Lets the learning rate rise for the first epochs and fall to almost nothing until the last, both
 * along half a cosine (Smith and Topin, "Super-convergence", 2018). Counts epochs, so it has state.
 */
final class OneCycle implements Schedule {

  /** Share of the epochs in which it rises. */
  private static final double RISE = 0.2;

  /** Where it begins, as a share of the top. */
  private static final double START = 0.1;

  private final double top;
  private final int epochs;
  private int done;

  /**
   * @param top the highest learning rate
   * @param epochs of the training
   */
  OneCycle(double top, int epochs) {
    this.top = top;
    this.epochs = epochs;
  }

  @Override
  public double learningRate() {
    double position = Math.min(1, (done + 0.5) / epochs);
    return position < RISE
        ? top * (START + (1 - START) * wave(position / RISE))
        : top * wave((1 - position) / (1 - RISE));
  }

  /** From 0 to 1, flat at both ends. */
  private static double wave(double position) {
    return (1 - Math.cos(Math.PI * position)) / 2;
  }

  @Override
  public void epoch(double loss) {
    done++;
  }

  /** The epochs that are over. */
  @Override
  public List<Double> state() {
    return List.of((double) done);
  }

  @Override
  public void restore(List<Double> state) {
    if (state.size() != 1) {
      throw new IllegalArgumentException("not a cycle's one number: " + state);
    }
    done = state.get(0).intValue();
  }
}
