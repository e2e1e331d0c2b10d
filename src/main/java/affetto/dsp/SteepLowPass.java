package affetto.dsp;

import java.util.Arrays;

/**
 * The first stage of the {@link Resampler}: removes what lies above half the lower of the two outer
 * rates, and doubles the sample rate or divides it by a whole number where that serves. A long
 * filter, applied by fast convolution (overlap-save), whose cost is that of the samples that go
 * out: where the rate falls, the samples that come in are transformed by turns, and only the
 * frequencies that stay are put together.
 *
 * <p>One instance per thread.
 */
final class SteepLowPass {
  // Chosen, with the cut-off, so that the responses are those of soxr's quality HQ: what the stages
  // add up to must be as good as the one stage alone, so the first of two is a little better.
  private static final KaiserSinc ALONE = new KaiserSinc(97.25, 13.04);
  private static final KaiserSinc FIRST_OF_TWO = new KaiserSinc(102.6, 13.81);

  private static final double CUT_OFF = 0.956872;

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
   * @param bandwidth upper edge of what is kept, in units of half the higher of the two rates
   * @param alone whether no second stage follows
   * @param scratch shared with other engines of the thread
   */
  SteepLowPass(int up, int down, double bandwidth, boolean alone, Scratch scratch) {
    this.up = up;
    this.down = down;
    KaiserSinc kernel = alone ? ALONE : FIRST_OF_TWO;
    // Rounded up, so that filters of nearly the same width can share their blocks' buffers.
    reach = roundUp((int) Math.ceil(kernel.reach() / bandwidth), down > 1 ? 4 * down : 32);
    // Longer blocks waste less of their length on overlap, but a clip then makes too few of them.
    int size = Integer.highestOneBit(6 * reach / down - 1) * 2;
    fresh = size - 2 * reach / down;
    analysis = scratch.analysis(size / up);
    synthesis = scratch.synthesis(size);
    frames = scratch.frames(down * size / up, down * fresh / up, BLOCKS);
    weightRe = new float[down][analysis.bins()];
    weightIm = new float[down][analysis.bins()];
    makeWeights(kernel, bandwidth);
    valid = new float[fresh][];
    for (int i = 0; i < fresh; i++) {
      valid[i] = synthesis.samples(reach / down + i);
    }
  }

  private static int roundUp(int value, int step) {
    return (value + step - 1) / step * step;
  }

  /**
   * The response at every frequency that comes in; real, since it is symmetric in time. Where the
   * rate falls, samples come in by turns, and those of turn r stand r samples later.
   */
  private void makeWeights(KaiserSinc kernel, double bandwidth) {
    int size = synthesis.size() * down;
    double[] response = response(kernel, size, bandwidth);
    for (int r = 0; r < down; r++) {
      for (int k = 0; k < analysis.bins(); k++) {
        double angle = -2 * Math.PI * k * r / size;
        weightRe[r][k] = (float) (response[k] / down * Math.cos(angle));
        weightIm[r][k] = (float) (response[k] / down * Math.sin(angle));
      }
    }
  }

  /** By the sum that defines it, over half of the symmetric impulse response. */
  private double[] response(KaiserSinc kernel, int size, double bandwidth) {
    double[] impulse = new double[reach + 1];
    for (int i = 0; i <= reach; i++) {
      impulse[i] = (i == 0 ? 1 : 2) * up * bandwidth * kernel.at(i * bandwidth, CUT_OFF);
    }
    double[] cosine = new double[size];
    for (int i = 0; i < size; i++) {
      cosine[i] = Math.cos(2 * Math.PI * i / size);
    }
    double[] response = new double[analysis.bins()];
    for (int k = 0; k < response.length; k++) {
      int angle = 0;
      for (double height : impulse) {
        response[k] += height * cosine[angle];
        angle += k;
        angle -= angle >= size ? size : 0;
      }
    }
    return response;
  }

  /** Samples that {@link #apply} writes, to be asked for {@code length}: whole blocks. */
  int room(int length) {
    return roundUp(length, fresh);
  }

  /**
   * Filters a signal.
   *
   * @param samples shape [n]; zeros beyond its ends
   * @param length samples wanted, from the time of the first that comes in
   * @param out receives {@link #room} samples
   * @param lead where in {@code out} the first goes
   */
  void apply(float[] samples, int length, float[] out, int lead) {
    for (int done = 0; done < length; done += BLOCKS * fresh) {
      int count = Math.min(BLOCKS, (length - done + fresh - 1) / fresh);
      frames.cut(samples, (int) ((long) done * down / up) - reach / up, count);
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
