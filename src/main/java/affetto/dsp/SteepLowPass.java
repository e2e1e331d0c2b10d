package affetto.dsp;

import java.util.Arrays;

/**
 * The steep stage of the {@link Resampler}: removes what lies above half the lower of the two outer
 * rates, and doubles the sample rate or divides it by a whole number where that serves. A long
 * filter, applied by fast convolution (overlap-save), whose cost is that of the samples that go
 * out: where the rate falls, the samples that come in are transformed by turns, and only the
 * frequencies that stay are put together.
 *
 * <p>One instance per thread.
 */
final class SteepLowPass {
  /** Most blocks at once. */
  private static final int BLOCKS = 128;

  private final int up;
  private final int down;
  private final int reach;
  private final int fresh;
  private final FrameRows frames;
  private final FloatBatchFft analysis;
  private final FloatBatchFft synthesis;
  private final float[][] weightRe;
  private final float[][] weightIm;
  private final float[][] valid;

  /**
   * Makes the filter.
   *
   * @param up samples that go out for each that comes in: 1 or 2
   * @param down samples that come in for each that goes out; 1 if {@code up} is 2
   * @param fromRate samples per second that come in
   * @param design that says the gain
   * @param scratch shared with other engines of the thread
   */
  SteepLowPass(int up, int down, double fromRate, SoxrDesign design, Scratch scratch) {
    this.up = up;
    this.down = down;
    int length = (int) Math.ceil(design.reachSeconds() * fromRate * up);
    // Rounded up, so that filters of nearly the same width can share their blocks' buffers.
    reach = roundUp(length, down > 1 ? 4 * down : 32);
    // Longer blocks waste less of their length on overlap, but a clip then makes too few of them.
    int size = Integer.highestOneBit(6 * reach / down - 1) * 2;
    fresh = size - 2 * reach / down;
    analysis = scratch.analysis(size / up);
    synthesis = scratch.synthesis(size);
    frames = scratch.frames(down * size / up, down * fresh / up, BLOCKS);
    weightRe = new float[down][analysis.bins()];
    weightIm = new float[down][analysis.bins()];
    makeWeights(fromRate * up / (size * down), design);
    valid = new float[fresh][];
    for (int i = 0; i < fresh; i++) {
      valid[i] = synthesis.samples(reach / down + i);
    }
  }

  private static int roundUp(int value, int step) {
    return (value + step - 1) / step * step;
  }

  /**
   * The gain at every frequency that comes in. Where the rate falls, samples come in by turns, and
   * those of turn r stand r samples later.
   */
  private void makeWeights(double hzPerBin, SoxrDesign design) {
    int size = synthesis.size() * down;
    for (int k = 0; k < analysis.bins(); k++) {
      double height = up * design.gain(k * hzPerBin) / down;
      for (int r = 0; r < down; r++) {
        double angle = -2 * Math.PI * k * r / size;
        weightRe[r][k] = (float) (height * Math.cos(angle));
        weightIm[r][k] = (float) (height * Math.sin(angle));
      }
    }
  }

  /** Samples that {@link #apply} writes, to be asked for {@code length}: whole blocks. */
  int room(int length) {
    return roundUp(length, fresh);
  }

  /**
   * Filters a signal.
   *
   * @param samples of which {@code n} count, from the first; zeros beyond its ends
   * @param n how many
   * @param length samples wanted, from the time of the first that comes in
   * @param out receives {@link #room} samples
   * @param lead where in {@code out} the first goes
   */
  void apply(float[] samples, int n, int length, float[] out, int lead) {
    for (int done = 0; done < length; done += BLOCKS * fresh) {
      int count = Math.min(BLOCKS, (length - done + fresh - 1) / fresh);
      frames.cut(samples, n, (int) ((long) done * down / up) - reach / up, count);
      for (int turn = 0; turn < down; turn++) {
        analyse(turn, count);
      }
      synthesis.inverse(count);
      Rows.gather(valid, out, lead + done, count);
    }
  }

  /** Adds the share of every {@code down}-th sample to the spectra that go out. */
  private void analyse(int turn, int count) {
    for (int i = 0; i < analysis.size(); i++) {
      frames.copy(down * i + turn, analysis.samples(i), count);
    }
    analysis.forward(count);
    for (int k = 0; k < synthesis.bins(); k++) {
      float[] re = synthesis.re()[k];
      float[] im = synthesis.im()[k];
      if (k >= analysis.bins()) {
        // What lies beyond would be the mirror of the input, and the filter stops it.
        Arrays.fill(re, 0, count, 0);
        Arrays.fill(im, 0, count, 0);
      } else if (turn == 0) {
        Rows.copyScaled(analysis.re()[k], weightRe[0][k], re, count);
        Rows.copyScaled(analysis.im()[k], weightRe[0][k], im, count);
      } else {
        Rows.addTurned(
            analysis.re()[k],
            analysis.im()[k],
            weightRe[turn][k],
            weightIm[turn][k],
            re,
            im,
            count);
      }
    }
  }
}
