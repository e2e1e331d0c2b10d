package affetto.dsp;

/**
 * The second stage of the {@link Resampler}: values between samples of a signal that has nothing
 * near half its rate, by a short filter whose weights are tabulated by the phase between samples.
 *
 * <p>Immutable; may be shared.
 */
final class PolyphaseInterpolator {
  /** Samples that one value is made of. */
  static final int TAPS = 16;

  private static final int BEFORE = TAPS / 2 - 1;
  private static final int MAX_EXACT_PHASES = 4096;
  private static final int INTERPOLATED_PHASES = 1024;

  // Fitted, with the cut-off, to the response of soxr's quality HQ.
  private static final KaiserSinc KERNEL = new KaiserSinc(7.5, 14.4);
  private static final double CUT_OFF = 0.8562;
  private static final double CUT_OFF_SLOPE = 0.1054;

  private final double step;
  private final long exactStep;
  private final int phases;
  private final float[] weights;

  private PolyphaseInterpolator(double step, long exactStep, int phases, double bandwidth) {
    this.step = step;
    this.exactStep = exactStep;
    this.phases = phases;
    double cutOff = CUT_OFF + CUT_OFF_SLOPE * bandwidth;
    weights = new float[(phases + 1) * TAPS];
    for (int p = 0; p <= phases; p++) {
      double phase = (double) p / phases;
      for (int j = 0; j < TAPS; j++) {
        weights[p * TAPS + j] = (float) KERNEL.at(phase + BEFORE - j, cutOff);
      }
    }
  }

  /**
   * Makes the table: of all phases where the two rates have few, otherwise of phases between which
   * the weights are interpolated (error below -120 dB).
   *
   * @param fromRate samples per second that come in
   * @param toRate samples per second that go out
   * @param bandwidth upper edge of the signal's band, in units of half the rate that comes in
   */
  static PolyphaseInterpolator between(double fromRate, double toRate, double bandwidth) {
    double step = fromRate / toRate;
    long divisor = wholeDivisor(fromRate, toRate);
    if (divisor > 0 && toRate / divisor <= MAX_EXACT_PHASES) {
      int phases = (int) ((long) toRate / divisor);
      return new PolyphaseInterpolator(step, (long) fromRate / divisor, phases, bandwidth);
    }
    return new PolyphaseInterpolator(step, 0, INTERPOLATED_PHASES, bandwidth);
  }

  private static long wholeDivisor(double a, double b) {
    if (a != Math.rint(a) || b != Math.rint(b)) {
      return 0;
    }
    long x = (long) a;
    long y = (long) b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return x;
  }

  /**
   * Resamples.
   *
   * @param in with zeros before it, and long enough behind: {@code count * step + TAPS}
   * @param out receives the first {@code count} values
   */
  void apply(float[] in, float[] out, int count) {
    for (int i = 0; i < count; i++) {
      if (exactStep > 0) {
        long position = i * exactStep;
        int row = (int) (position % phases) * TAPS;
        out[i] = convolve(in, (int) (position / phases) - BEFORE, row);
      } else {
        double position = i * step;
        int base = (int) position;
        double phase = (position - base) * phases;
        int row = ((int) phase) * TAPS;
        float low = convolve(in, base - BEFORE, row);
        float high = convolve(in, base - BEFORE, row + TAPS);
        double weight = phase - Math.floor(phase);
        out[i] = (float) (low + weight * (high - low));
      }
    }
  }

  private float convolve(float[] in, int start, int row) {
    if (start < 0 || start + TAPS > in.length) {
      return convolveAtEdge(in, start, row);
    }
    // Four sums side by side, since one alone waits for each of its additions.
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int j = 0; j < TAPS; j += 4) {
      s0 += weights[row + j] * in[start + j];
      s1 += weights[row + j + 1] * in[start + j + 1];
      s2 += weights[row + j + 2] * in[start + j + 2];
      s3 += weights[row + j + 3] * in[start + j + 3];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private float convolveAtEdge(float[] in, int start, int row) {
    int from = Math.max(0, -start);
    int to = Math.min(TAPS, in.length - start);
    float sum = 0;
    for (int j = from; j < to; j++) {
      sum += weights[row + j] * in[start + j];
    }
    return sum;
  }
}
