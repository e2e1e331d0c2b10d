package affetto.dsp;

import java.util.Arrays;

/**
 * The first stage of the {@link Resampler}: optionally doubles the sample rate, and removes what
 * lies above half the lower of the two outer rates. A long filter, applied by fast convolution
 * (overlap-save).
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

  private final int fresh;
  private final int reach;
  private final int factor;
  private final FrameRows frames;
  private final BatchFft analysis;
  private final BatchFft synthesis;
  private final double[] response;
  private final double[][] valid;

  /**
   * Makes the filter.
   *
   * @param factor samples that go out for each that comes in: 1 or 2
   * @param bandwidth upper edge of what is kept, in units of half the rate that goes out
   * @param alone whether no second stage follows
   * @param scratch shared with other engines of the thread
   */
  SteepLowPass(int factor, double bandwidth, boolean alone, Scratch scratch) {
    this.factor = factor;
    KaiserSinc kernel = alone ? ALONE : FIRST_OF_TWO;
    // Rounded up, so that filters of different widths can share their blocks' buffers.
    reach = roundUp((int) Math.ceil(kernel.reach() / bandwidth), 32);
    int size = Integer.highestOneBit(8 * reach - 1) * 2;
    fresh = size - 2 * reach;
    analysis = scratch.transform(size / factor);
    synthesis = scratch.transform(size);
    frames = scratch.frames(size / factor, fresh / factor, BLOCKS);
    response = response(kernel, size, bandwidth);
    valid = new double[fresh][];
    for (int i = 0; i < fresh; i++) {
      valid[i] = synthesis.samples(reach + i);
    }
  }

  private static int roundUp(int value, int step) {
    return (value + step - 1) / step * step;
  }

  /** The response at every frequency that comes in; real, since it is symmetric in time. */
  private double[] response(KaiserSinc kernel, int size, double bandwidth) {
    Fft fft = new Fft(size);
    double[] impulse = new double[size];
    double[] re = new double[fft.bins()];
    for (int i = -reach; i <= reach; i++) {
      impulse[i & (size - 1)] = factor * bandwidth * kernel.at(i * bandwidth, CUT_OFF);
    }
    fft.forward(impulse, re, new double[fft.bins()]);
    return Arrays.copyOf(re, analysis.bins());
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
      frames.cut(samples, (done - reach) / factor, count);
      filter(count);
      Rows.gather(valid, out, lead + done, count);
    }
  }

  private void filter(int count) {
    for (int i = 0; i < analysis.size(); i++) {
      frames.copy(i, analysis.samples(i), count);
    }
    analysis.forward(count);
    for (int k = 0; k < synthesis.bins(); k++) {
      if (k < response.length) {
        Rows.copyScaled(analysis.re()[k], response[k], synthesis.re()[k], count);
        Rows.copyScaled(analysis.im()[k], response[k], synthesis.im()[k], count);
      } else {
        // What lies beyond would be the mirror of the input, and the filter stops it.
        Arrays.fill(synthesis.re()[k], 0, count, 0);
        Arrays.fill(synthesis.im()[k], 0, count, 0);
      }
    }
    synthesis.inverse(count);
  }
}
