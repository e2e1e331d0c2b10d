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

  private final int factor;
  private final int reach;
  private final Fft fft;
  private final double[] filter;
  private final double[] block;
  private final double[] re;
  private final double[] im;

  /**
   * Makes the filter.
   *
   * @param factor samples that go out for each that comes in: 1 or 2
   * @param bandwidth upper edge of what is kept, in units of half the rate that goes out
   * @param alone whether no second stage follows
   */
  SteepLowPass(int factor, double bandwidth, boolean alone) {
    this.factor = factor;
    KaiserSinc kernel = alone ? ALONE : FIRST_OF_TWO;
    reach = (int) Math.ceil(kernel.reach() / bandwidth);
    int size = Integer.highestOneBit(8 * reach - 1) * 2;
    fft = new Fft(size);
    block = new double[size];
    re = new double[fft.bins()];
    im = new double[fft.bins()];
    for (int i = -reach; i <= reach; i++) {
      block[i & (size - 1)] = factor * bandwidth * kernel.at(i * bandwidth, CUT_OFF);
    }
    fft.forward(block, re, im);
    // The response is symmetric in time, so its spectrum is real.
    filter = re.clone();
  }

  /**
   * Filters a signal.
   *
   * @param samples shape [n]; zeros beyond its ends
   * @param length samples wanted, from the time of the first that comes in
   * @return shape [length]
   */
  float[] apply(float[] samples, int length) {
    float[] out = new float[length];
    int fresh = fft.size() - 2 * reach;
    for (int start = 0; start < length; start += fresh) {
      fill(samples, start - reach);
      fft.forward(block, re, im);
      for (int k = 0; k < filter.length; k++) {
        re[k] *= filter[k];
        im[k] *= filter[k];
      }
      fft.inverse(re, im, block);
      int count = Math.min(fresh, length - start);
      for (int i = 0; i < count; i++) {
        out[start + i] = (float) block[reach + i];
      }
    }
    return out;
  }

  /** Fills the block from a time on, with zeros between the samples where the rate is doubled. */
  private void fill(float[] samples, int time) {
    Arrays.fill(block, 0);
    int first = Math.max(0, Math.floorDiv(time + factor - 1, factor));
    for (int i = first; i < samples.length && i * factor - time < block.length; i++) {
      block[i * factor - time] = samples[i];
    }
  }
}
