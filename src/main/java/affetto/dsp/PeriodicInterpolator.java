package affetto.dsp;

import java.util.Arrays;

/**
 * What {@link PolyphaseInterpolator} does, for rates whose phases come back after few values: whole
 * periods side by side, so that a phase's weights meet a row of samples, and not one by one.
 *
 * <p>One instance per thread.
 */
final class PeriodicInterpolator {
  private static final int TAPS = PolyphaseInterpolator.TAPS;

  /** Most periods at once. */
  private static final int CAPACITY = 256;

  /** Fewer periods are done as fast one by one. */
  private static final int LEAST = 24;

  private final int step;
  private final float[] weights;
  private final FrameRows periods;
  private final float[][] out;
  private final float[][] taps = new float[TAPS][CAPACITY];

  /**
   * Makes the buffers.
   *
   * @param step samples that come in for each period that goes out
   * @param weights of each phase, shape [phases x TAPS]
   */
  PeriodicInterpolator(int step, float[] weights, Scratch scratch) {
    this.step = step;
    this.weights = weights;
    periods = scratch.frames(step + TAPS, step, CAPACITY);
    out = new float[weights.length / TAPS][CAPACITY];
  }

  /**
   * Resamples as many whole periods as there are.
   *
   * @param in as {@link PolyphaseInterpolator#apply} takes it
   * @param n samples of it that count
   * @param samples receives the values
   * @param count values wanted
   * @return values made, a multiple of the number of phases, or 0 where it is not worth while
   */
  int apply(float[] in, int n, float[] samples, int count) {
    int whole = count / out.length;
    if (whole < LEAST) {
      return 0;
    }
    for (int first = 0; first < whole; first += CAPACITY) {
      int some = Math.min(CAPACITY, whole - first);
      periods.cut(in, n, first * step, some);
      for (int value = 0; value < out.length; value++) {
        convolve(value, some);
      }
      Rows.gather(out, samples, first * out.length, some);
    }
    return whole * out.length;
  }

  /** The value'th value of every period. */
  private void convolve(int value, int count) {
    long time = (long) value * step;
    int base = (int) (time / out.length);
    int phase = (int) (time % out.length);
    float[] sum = out[value];
    float[] w = weights;
    Arrays.fill(sum, 0, count, 0);
    for (int j = 0; j < TAPS; j += 4) {
      int i = phase * TAPS + j;
      float[] a = tap(base, j, count);
      float[] b = tap(base, j + 1, count);
      float[] c = tap(base, j + 2, count);
      float[] d = tap(base, j + 3, count);
      Rows.addWeighted(sum, a, w[i], b, w[i + 1], c, w[i + 2], d, w[i + 3], count);
    }
  }

  /** A sample of every period, from index 0 on: loops with an offset are not vectorised. */
  private float[] tap(int base, int j, int count) {
    if (periods.offset(base + j) == 0) {
      return periods.row(base + j);
    }
    periods.copy(base + j, taps[j], count);
    return taps[j];
  }
}
