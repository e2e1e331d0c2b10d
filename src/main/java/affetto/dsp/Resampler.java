package affetto.dsp;

import java.util.Arrays;

/**
 * Band-limited conversion of the sample rate, linear in phase and without delay; zeros beyond both
 * ends.
 *
 * <p>Two stages, as in the soxr library that librosa takes (at its quality HQ): a steep low-pass
 * that doubles the rate where the input is not fast enough already, or divides it by a whole number
 * where it is faster than need be, and a short polyphase filter from there to any rate. Relative to
 * half the lower rate the response is flat to 0.92 within 0.02 dB, has fallen by 6 dB at 0.957 and
 * is below -120 dB from 1. The signal between the stages begins at time zero, so a clip that begins
 * in the middle of a sound begins just as it does in librosa.
 *
 * <p>One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.resample.html">librosa.resample
 *     0.11</a>
 */
public final class Resampler {
  private static final double MAX_RATIO = 256;

  /** From this ratio on a signal has room enough above the band that is kept. */
  private static final double FAST_INPUT = 1.9;

  /** By more the first stage does not divide the rate: its buffers would grow large. */
  private static final int MAX_DOWN = 8;

  private final Scratch scratch;
  private final double ratio;
  private final int up;
  private final int down;
  private final int stride;
  private final SteepLowPass lowPass;
  private final PolyphaseInterpolator interpolator;

  /**
   * Makes the tables.
   *
   * @param fromRate samples per second that come in; need not be whole
   * @param toRate samples per second that go out; need not be whole
   */
  public Resampler(double fromRate, double toRate) {
    this(fromRate, toRate, new Scratch());
  }

  Resampler(double fromRate, double toRate, Scratch scratch) {
    this.scratch = scratch;
    ratio = toRate / fromRate;
    if (!(fromRate > 0 && toRate > 0 && ratio <= MAX_RATIO && 1 / ratio <= MAX_RATIO)) {
      throw new IllegalArgumentException("cannot resample from " + fromRate + " to " + toRate);
    }
    up = 1 / ratio >= FAST_INPUT ? 1 : 2;
    double step = up / ratio;
    boolean whole = step == Math.rint(step);
    down =
        up == 2
            ? 1
            : whole ? largestDivisor((int) step) : (int) Math.min(MAX_DOWN, step / FAST_INPUT);
    double bandwidth = Math.min(1, ratio) / up;
    stride = whole ? (int) step / down : 0;
    lowPass = ratio == 1 ? null : new SteepLowPass(up, down, bandwidth, whole, scratch);
    interpolator =
        whole
            ? null
            : PolyphaseInterpolator.between(fromRate * up / down, toRate, bandwidth * down);
  }

  private static int largestDivisor(int step) {
    int divisor = MAX_DOWN;
    while (step % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  /**
   * Length of the result, {@code ceil(n * toRate / fromRate)}.
   *
   * @throws IllegalArgumentException if no array can be so long
   */
  public int outputLength(int samples) {
    double length = Math.ceil(samples * ratio);
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(samples + " samples become too many: " + length);
    }
    return (int) length;
  }

  /**
   * Resamples a signal.
   *
   * @param samples shape [n]; left unchanged
   * @return shape [ceil(n * toRate / fromRate)], whose last sample is zero where that ratio would
   *     round down; the input itself where both rates are equal
   */
  public float[] apply(float[] samples) {
    if (ratio == 1) {
      return samples;
    }
    float[] out = new float[outputLength(samples.length)];
    int count = Math.min(out.length, (int) (samples.length * ratio + 0.5));
    long between = (long) samples.length * up / down + 3 * PolyphaseInterpolator.TAPS;
    if (between > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(samples.length + " samples are too many");
    }
    float[] filtered = scratch.floats(lowPass.room((int) between) + PolyphaseInterpolator.BEFORE);
    if (stride > 0) {
      lowPass.apply(samples, (int) between, filtered, 0);
      for (int i = 0; i < count; i++) {
        out[i] = filtered[i * stride];
      }
    } else {
      Arrays.fill(filtered, 0, PolyphaseInterpolator.BEFORE, 0);
      lowPass.apply(samples, (int) between, filtered, PolyphaseInterpolator.BEFORE);
      interpolator.apply(filtered, out, count);
    }
    return out;
  }
}
