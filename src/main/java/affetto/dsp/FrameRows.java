package affetto.dsp;

import java.util.Arrays;

/**
 * Cuts a signal into overlapping frames of one length at equal steps, and hands them out as rows: a
 * row holds the same sample of every frame.
 *
 * <p>The signal is first laid out by its place in a step; a row is then a run of that, and no
 * sample is fetched from afar more than once. One instance per thread.
 */
final class FrameRows {
  private final int step;
  private final int overlap;
  private final float[] padded;
  private final float[][] places;

  /**
   * Makes the buffers.
   *
   * @param length samples of a frame
   * @param step samples from frame to frame
   * @param capacity most frames at once
   */
  FrameRows(int length, int step, int capacity) {
    this.step = step;
    overlap = (length - 1) / step;
    padded = new float[Math.multiplyExact(capacity + overlap, step)];
    places = new float[step][capacity + overlap];
  }

  /**
   * Cuts frames.
   *
   * @param samples shape [n]; zeros beyond its ends
   * @param start first sample of the first frame; may be negative
   * @param count number of frames
   */
  void cut(float[] samples, int start, int count) {
    int length = (count + overlap) * step;
    int from = Math.min(length, Math.max(0, -start));
    int to = Math.max(from, Math.min(length, samples.length - start));
    Arrays.fill(padded, 0, from, 0);
    System.arraycopy(samples, Math.min(samples.length, start + from), padded, from, to - from);
    Arrays.fill(padded, to, length, 0);
    Rows.deal(padded, places, count + overlap);
  }

  /** Copies sample i of each frame to a row. */
  void copy(int i, double[] row, int count) {
    float[] place = places[i % step];
    int first = i / step;
    for (int t = 0; t < count; t++) {
      row[t] = place[first + t];
    }
  }

  /** Copies sample i of each frame to a row. */
  void copy(int i, float[] row, int count) {
    System.arraycopy(places[i % step], i / step, row, 0, count);
  }
}
