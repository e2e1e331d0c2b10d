package affetto.dsp;

/**
 * The stage of the {@link Resampler} that takes values between samples, by a short filter whose
 * weights are tabulated by the phase between samples.
 *
 * <p>One instance per thread.
 */
final class PolyphaseInterpolator {
  /** Samples that one value is made of. */
  static final int TAPS = 16;

  /** Samples before a value's time that it is made of. */
  static final int BEFORE = TAPS / 2 - 1;

  /** The phase is counted in fractions of this. */
  private static final int PHASE_BITS = 62;

  /** Longer periods have too few repetitions in a clip. */
  private static final int MAX_PERIOD = 2048;

  private static final int MAX_EXACT_PHASES = 1 << 14;

  /** Of so many phases the nearest is at most -92 dB off at 0.9 of half the rate that goes out. */
  private static final int MANY_BITS = 14;

  private final int wholeStep;
  private final long step;
  private final int phases;
  private final float[] weights;
  private final PeriodicInterpolator periods;

  private PolyphaseInterpolator(
      int wholeStep, long step, int phases, float[] weights, PeriodicInterpolator periods) {
    this.wholeStep = wholeStep;
    this.step = step;
    this.phases = phases;
    this.weights = weights;
    this.periods = periods;
  }

  /**
   * Makes the table: of all phases where the two rates have few, otherwise of so many that the
   * nearest will do.
   *
   * @param fromRate samples per second that come in
   * @param toRate samples per second that go out
   * @param design that says the filter, whose reach is at most {@code TAPS / 2}
   * @param scratch shared with other engines of the thread
   */
  static PolyphaseInterpolator between(
      double fromRate, double toRate, SoxrDesign design, Scratch scratch) {
    KaiserSinc kernel = design.kernel();
    double cutOff = design.cutOff();
    if (kernel.reach() > TAPS / 2) {
      throw new IllegalArgumentException("a reach of %s is too long".formatted(kernel.reach()));
    }
    double step = fromRate / toRate;
    int whole = (int) step;
    long divisor = wholeDivisor(fromRate, toRate);
    if (divisor > 0 && toRate / divisor <= MAX_EXACT_PHASES) {
      int phases = (int) ((long) toRate / divisor);
      int period = (int) ((long) fromRate / divisor);
      float[] weights = exactly(phases, kernel, cutOff);
      PeriodicInterpolator periods =
          Math.max(phases, period) > MAX_PERIOD
              ? null
              : new PeriodicInterpolator(period, weights, scratch);
      return new PolyphaseInterpolator(whole, period % phases, phases, weights, periods);
    }
    long part = (long) Math.rint((step - whole) * (1L << PHASE_BITS));
    return new PolyphaseInterpolator(whole, part, 0, many(kernel, cutOff), null);
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

  private static float[] exactly(int phases, KaiserSinc kernel, double cutOff) {
    float[] weights = new float[phases * TAPS];
    for (int p = 0; p < phases; p++) {
      for (int j = 0; j < TAPS; j++) {
        weights[p * TAPS + j] = (float) kernel.at((double) p / phases + BEFORE - j, cutOff);
      }
    }
    return weights;
  }

  /** A cubic through the weights of fewer phases, in a fraction of the time. */
  private static float[] many(KaiserSinc kernel, double cutOff) {
    int few = 256;
    int between = (1 << MANY_BITS) / few;
    float[] weights = new float[TAPS << MANY_BITS];
    for (int j = 0; j < TAPS; j++) {
      double[] exact = new double[few + 3];
      for (int p = 0; p < exact.length; p++) {
        exact[p] = kernel.at((p - 1.0) / few + BEFORE - j, cutOff);
      }
      for (int p = 0; p < 1 << MANY_BITS; p++) {
        int i = p / between;
        weights[p * TAPS + j] = (float) Cubic.at(exact, i + 1, (double) p / between - i);
      }
    }
    return weights;
  }

  /**
   * Resamples.
   *
   * @param in sample {@code i} at index {@code i + BEFORE}, and {@link #TAPS} more behind the last
   *     time that is asked for
   * @param n samples of it that count, all that included
   * @param out receives the first {@code count} values
   */
  void apply(float[] in, int n, float[] out, int count) {
    if (phases > 0) {
      int done = periods == null ? 0 : periods.apply(in, n, out, count);
      applyExactly(in, out, done, count);
    } else {
      applyNearest(in, out, count);
    }
  }

  /** From a value on that begins a period. */
  private void applyExactly(float[] in, float[] out, int from, int count) {
    int base = (int) ((wholeStep + (double) step / phases) * from + 0.5);
    int phase = 0;
    for (int i = from; i < count; i++) {
      out[i] = convolve(in, base, phase * TAPS);
      base += wholeStep;
      phase += (int) step;
      if (phase >= phases) {
        phase -= phases;
        base++;
      }
    }
  }

  private void applyNearest(float[] in, float[] out, int count) {
    int base = 0;
    long phase = 1L << (PHASE_BITS - MANY_BITS - 1);
    long one = 1L << PHASE_BITS;
    for (int i = 0; i < count; i++) {
      out[i] = convolve(in, base, (int) (phase >> (PHASE_BITS - MANY_BITS)) * TAPS);
      base += wholeStep;
      phase += step;
      if (phase >= one) {
        phase -= one;
        base++;
      }
    }
  }

  private float convolve(float[] in, int i, int row) {
    float[] w = weights;
    // Four sums side by side, since one alone waits for each of its additions.
    float s0 = w[row] * in[i];
    float s1 = w[row + 1] * in[i + 1];
    float s2 = w[row + 2] * in[i + 2];
    float s3 = w[row + 3] * in[i + 3];
    for (int j = 4; j < TAPS; j += 4) {
      s0 += w[row + j] * in[i + j];
      s1 += w[row + j + 1] * in[i + j + 1];
      s2 += w[row + j + 2] * in[i + j + 2];
      s3 += w[row + j + 3] * in[i + j + 3];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
