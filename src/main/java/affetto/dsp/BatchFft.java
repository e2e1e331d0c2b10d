package affetto.dsp;

/**
 * The discrete Fourier transforms of many real signals at once; their length is a power of two.
 *
 * <p>Sample i of all signals lies in one row, and so does frequency k: every step of the transform
 * is then the same arithmetic on neighbours, which the JIT compiler turns into vector instructions.
 * It does so only for short loops over a few arrays that share one index, which is why each row is
 * an array of its own and a butterfly has two points and works in place. The bit-reversed order of
 * such a transform costs nothing: it is the order in which rows are handed out.
 *
 * <p>Even and odd samples are the real and imaginary parts of a complex signal of half the length,
 * whose transform is then taken apart. Rows belong to the instance: fill them, transform, read
 * them. One instance per thread.
 *
 * <p>This class knows which rows meet, and when; {@link DoubleBatchFft} and {@link FloatBatchFft}
 * do the arithmetic.
 */
public abstract sealed class BatchFft permits DoubleBatchFft, FloatBatchFft {
  /**
   * Rows are this much longer than they need be. Without it, rows of 256 that meet in a butterfly
   * lie a few bytes more than a multiple of 4096 apart, and the processor then takes reading from
   * the one for reading what has just been written to the other.
   */
  static final int PADDING = 44;

  /** What is sure to stay in the fastest cache while some rows are worked on. */
  private static final int CACHE_BYTES = 28 << 10;

  /** Length of the complex signal. */
  final int half;

  private final int capacity;
  private final int bytesPerValue;
  private final int[] reversed;

  /**
   * Fixes the sizes.
   *
   * @param size length of each signal: a power of two, at least 8
   * @param capacity most signals at once, at least 1; some 64 to 256 are fastest
   */
  BatchFft(int size, int capacity, int bytesPerValue) {
    if (size < 8 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(
          "the size must be a power of two of at least 8, was " + size);
    }
    if (capacity < 1) {
      throw new IllegalArgumentException("the capacity must be at least 1, was " + capacity);
    }
    this.capacity = capacity;
    this.bytesPerValue = bytesPerValue;
    half = size / 2;
    reversed = new int[half];
    int bits = Integer.numberOfTrailingZeros(half);
    for (int i = 0; i < half; i++) {
      reversed[i] = Integer.reverse(i) >>> (32 - bits);
    }
  }

  /** Length of each signal. */
  public final int size() {
    return 2 * half;
  }

  /** Number of frequencies, {@code 1 + size / 2}: bin k is k / size of the sample rate. */
  public final int bins() {
    return half + 1;
  }

  /** Most signals at once. */
  public final int capacity() {
    return capacity;
  }

  /** The row that holds sample 2 i as its real part and sample 2 i + 1 as its imaginary part. */
  final int rowOfPair(int i) {
    return reversed[i];
  }

  /**
   * Transforms, unscaled, as {@code numpy.fft.rfft}, under the window if there is one: from the
   * rows of samples to the rows of real and imaginary parts.
   *
   * @param signals how many, from the first of each row
   */
  public final void forward(int signals) {
    int most = rowsInCache(signals);
    int span;
    for (int apart = 1; apart < half; apart *= span) {
      span = Math.min(most, half / apart);
      for (int first = 0; first < half; first += apart * span) {
        for (int j = 0; j < apart; j++) {
          forward(first + j, apart, span, signals);
        }
      }
    }
    takeApart(signals);
  }

  /**
   * The inverse of {@link #forward} without a window, scaled by 1 / size, as {@code
   * numpy.fft.irfft}: from the rows of real and imaginary parts, which it spoils, to the rows of
   * samples. The imaginary parts of the first and last bin are taken as zero.
   *
   * @param signals how many, from the first of each row
   */
  public final void inverse(int signals) {
    putTogether(signals);
    int most = rowsInCache(signals);
    int span;
    for (int run = half; run > 1; run /= span) {
      span = Math.min(most, run);
      int apart = run / span;
      for (int first = 0; first < half; first += run) {
        for (int j = 0; j < apart; j++) {
          inverse(first + j, apart, span, signals);
        }
      }
    }
  }

  /** How many rows to take through several steps together: a power of two. */
  private int rowsInCache(int signals) {
    int rows = CACHE_BYTES / (2 * bytesPerValue * signals);
    return Integer.highestOneBit(Math.max(4, Math.min(64, rows)));
  }

  /** The steps among some rows, {@code apart} rows apart. */
  private void forward(int row, int apart, int rows, int n) {
    int end = row + apart * rows;
    int step = apart;
    if (apart == 1) {
      for (int r = row; r < end; r += 4) {
        firstFour(r, 2 * reversed[r], n);
      }
      step = 4;
    }
    for (; step < apart * rows; step *= 2) {
      for (int r = row; r < end; r += 2 * step) {
        for (int q = r; q < r + step; q += apart) {
          cross(q, q + step, (q & (step - 1)) * (half / step), -1, n);
        }
      }
    }
  }

  /**
   * The same backwards. Natural order comes in and reversed order goes out, so one factor serves a
   * whole run of rows: the one whose number is the run's, reversed.
   */
  private void inverse(int row, int apart, int rows, int n) {
    int end = row + apart * rows;
    int step = apart * rows / 2;
    if (apart * rows == half) {
      for (int q = row; q < row + half / 4; q += apart) {
        four(q, q + half / 2, q + half / 4, q + 3 * half / 4, 1, n);
      }
      step = half / 8;
    }
    for (; step >= apart; step /= 2) {
      for (int r = row; r < end; r += 2 * step) {
        for (int q = r; q < r + step; q += apart) {
          cross(q, q + step, reversed[r / (2 * step)], 1, n);
        }
      }
    }
  }

  /**
   * The first two steps of four neighbouring rows, under the window.
   *
   * @param sample number of the first row's even sample; that of the next row is half the size
   *     behind, then come a quarter and three quarters
   */
  abstract void firstFour(int row, int sample, int n);

  /**
   * Two steps at once, where they need no factors but 1 and i: a meets b and c meets d, then a
   * meets c and b meets d.
   *
   * @param sign of the exponent
   */
  abstract void four(int a, int b, int c, int d, int sign, int n);

  /**
   * (a, b) becomes (a + w b, a - w b).
   *
   * @param w exponent of the factor, exp(2 pi i sign w / size)
   */
  abstract void cross(int a, int b, int w, int sign, int n);

  /** From the complex signal's spectrum to the real one's. */
  abstract void takeApart(int n);

  /** The inverse of {@link #takeApart}, scaled for the whole transform. */
  abstract void putTogether(int n);
}
