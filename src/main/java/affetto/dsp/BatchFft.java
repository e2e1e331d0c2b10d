package affetto.dsp;

import java.util.Arrays;

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
 */
public final class BatchFft {
  /** What is sure to stay in the fastest cache while some rows are worked on. */
  private static final int CACHE_BYTES = 28 << 10;

  /**
   * Rows are this much longer than they need be. Without it, rows of 256 that meet in a butterfly
   * lie a few bytes more than a multiple of 4096 apart, and the processor then takes reading from
   * the one for reading what has just been written to the other.
   */
  private static final int PADDING = 44;

  private final int size;
  private final int half;
  private final int capacity;
  private final double[][] re;
  private final double[][] im;
  private final int[] reversed;
  private final double[] cosine;
  private final double[] sine;
  private final double[] window;

  /** Signals that are transformed as they are. */
  public BatchFft(int size, int capacity) {
    this(size, capacity, null);
  }

  /**
   * Makes tables and rows.
   *
   * @param size length of each signal: a power of two, at least 8
   * @param capacity most signals at once, at least 1; some 64 to 256 are fastest
   * @param window what {@link #forward} multiplies each signal with first, shape [size]; null for
   *     nothing
   */
  public BatchFft(int size, int capacity, double[] window) {
    if (size < 8 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(
          "the size must be a power of two of at least 8, was " + size);
    }
    if (capacity < 1) {
      throw new IllegalArgumentException("the capacity must be at least 1, was " + capacity);
    }
    this.size = size;
    this.capacity = capacity;
    this.window = window;
    half = size / 2;
    re = new double[half + 1][capacity + PADDING];
    im = new double[half + 1][capacity + PADDING];
    reversed = new int[half];
    cosine = new double[half];
    sine = new double[half];
    int bits = Integer.numberOfTrailingZeros(half);
    for (int i = 0; i < half; i++) {
      reversed[i] = Integer.reverse(i) >>> (32 - bits);
      cosine[i] = Math.cos(2 * Math.PI * i / size);
      sine[i] = Math.sin(2 * Math.PI * i / size);
    }
  }

  /** Length of each signal. */
  public int size() {
    return size;
  }

  /** Number of frequencies, {@code 1 + size / 2}: bin k is k / size of the sample rate. */
  public int bins() {
    return half + 1;
  }

  /** Most signals at once. */
  public int capacity() {
    return capacity;
  }

  /** The row of sample i of every signal, shape [capacity]; to fill, or to read. */
  public double[] samples(int i) {
    return (i % 2 == 0 ? re : im)[reversed[i / 2]];
  }

  /** The rows of the real parts by bin, shape [bins x capacity]; to read, or to fill. */
  public double[][] re() {
    return re;
  }

  /** The rows of the imaginary parts by bin, shape [bins x capacity]. */
  public double[][] im() {
    return im;
  }

  /**
   * Transforms, unscaled, as {@code numpy.fft.rfft}, under the window if there is one: from {@link
   * #samples} to {@link #re} and {@link #im}.
   *
   * @param signals how many, from the first of each row
   */
  public void forward(int signals) {
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
    sumAndDifference(re[0], im[0], re[half], 1, signals);
    Arrays.fill(im[0], 0, signals, 0);
    Arrays.fill(im[half], 0, signals, 0);
    for (int k = 1; k <= half / 2; k++) {
      recombine(k, 0.5, -0.5 * sine[k], -0.5 * cosine[k], signals);
    }
  }

  /**
   * The inverse of {@link #forward} without a window, scaled by 1 / size, as {@code
   * numpy.fft.irfft}: from {@link #re} and {@link #im}, which it spoils, to {@link #samples}. The
   * imaginary parts of the first and last bin are taken as zero.
   *
   * @param signals how many, from the first of each row
   */
  public void inverse(int signals) {
    double scale = 1.0 / size;
    sumAndDifference(re[0], re[half], im[0], scale, signals);
    for (int k = 1; k <= half / 2; k++) {
      recombine(k, scale, -scale * sine[k], scale * cosine[k], signals);
    }
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
  private static int rowsInCache(int signals) {
    int rows = CACHE_BYTES / (2 * Double.BYTES * signals);
    return Integer.highestOneBit(Math.max(4, Math.min(64, rows)));
  }

  /** The steps among some rows, {@code apart} rows apart. */
  private void forward(int row, int apart, int rows, int n) {
    int end = row + apart * rows;
    int step = apart;
    if (apart == 1) {
      for (int r = row; r < end; r += 4) {
        firstFour(r, n);
      }
      step = 4;
    }
    for (; step < apart * rows; step *= 2) {
      for (int r = row; r < end; r += 2 * step) {
        for (int q = r; q < r + step; q += apart) {
          int w = (q & (step - 1)) * (half / step);
          cross(q, step, cosine[w], -sine[w], n);
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
        four(q, half / 2, half / 4, 1, n);
      }
      step = half / 8;
    }
    for (; step >= apart; step /= 2) {
      for (int r = row; r < end; r += 2 * step) {
        int w = reversed[r / (2 * step)];
        for (int q = r; q < r + step; q += apart) {
          cross(q, step, cosine[w], sine[w], n);
        }
      }
    }
  }

  /** The first two steps of four neighbours, under the window. */
  private void firstFour(int row, int n) {
    if (window == null) {
      four(row, 1, 2, -1, n);
      return;
    }
    int a = 2 * reversed[row];
    int b = 2 * reversed[row + 1];
    int c = 2 * reversed[row + 2];
    int d = 2 * reversed[row + 3];
    double[] w = window;
    four(re[row], w[a], re[row + 1], w[b], re[row + 2], w[c], re[row + 3], w[d], n);
    a++;
    b++;
    c++;
    d++;
    four(im[row], w[a], im[row + 1], w[b], im[row + 2], w[c], im[row + 3], w[d], n);
    crossTurned(re[row + 1], im[row + 1], re[row + 3], im[row + 3], -1, n);
  }

  /**
   * Two steps at once, where they need no factors but 1 and i: rows {@code first} apart meet, then
   * those {@code second} apart.
   *
   * @param sign of the exponent
   */
  private void four(int row, int first, int second, int sign, int n) {
    int b = row + first;
    int c = row + second;
    int d = c + first;
    four(re[row], re[b], re[c], re[d], n);
    four(im[row], im[b], im[c], im[d], n);
    crossTurned(re[b], im[b], re[d], im[d], sign, n);
  }

  /** (a, b, c, d) becomes (a + b + c + d, a - b, a + b - c - d, c - d). */
  private static void four(double[] a, double[] b, double[] c, double[] d, int n) {
    for (int i = 0; i < n; i++) {
      double x = a[i];
      double y = b[i];
      double z = c[i];
      double u = d[i];
      double sumAb = x + y;
      double sumCd = z + u;
      a[i] = sumAb + sumCd;
      b[i] = x - y;
      c[i] = sumAb - sumCd;
      d[i] = z - u;
    }
  }

  /** The same of weighted rows. */
  private static void four(
      double[] a,
      double wa,
      double[] b,
      double wb,
      double[] c,
      double wc,
      double[] d,
      double wd,
      int n) {
    for (int i = 0; i < n; i++) {
      double x = wa * a[i];
      double y = wb * b[i];
      double z = wc * c[i];
      double u = wd * d[i];
      double sumAb = x + y;
      double sumCd = z + u;
      a[i] = sumAb + sumCd;
      b[i] = x - y;
      c[i] = sumAb - sumCd;
      d[i] = z - u;
    }
  }

  /** (a, b) becomes (a + i b, a - i b), or the other way round. */
  private static void crossTurned(
      double[] aRe, double[] aIm, double[] bRe, double[] bIm, double sign, int n) {
    for (int i = 0; i < n; i++) {
      double xRe = aRe[i];
      double xIm = aIm[i];
      double yRe = sign * bRe[i];
      double yIm = sign * bIm[i];
      aRe[i] = xRe - yIm;
      aIm[i] = xIm + yRe;
      bRe[i] = xRe + yIm;
      bIm[i] = xIm - yRe;
    }
  }

  private void cross(int row, int apart, double wRe, double wIm, int n) {
    if (wRe == 1) {
      cross(re[row], im[row], re[row + apart], im[row + apart], n);
    } else {
      cross(re[row], im[row], re[row + apart], im[row + apart], wRe, wIm, n);
    }
  }

  /** (a, b) becomes (a + b, a - b). */
  private static void cross(double[] aRe, double[] aIm, double[] bRe, double[] bIm, int n) {
    for (int i = 0; i < n; i++) {
      double xRe = aRe[i];
      double xIm = aIm[i];
      double yRe = bRe[i];
      double yIm = bIm[i];
      aRe[i] = xRe + yRe;
      aIm[i] = xIm + yIm;
      bRe[i] = xRe - yRe;
      bIm[i] = xIm - yIm;
    }
  }

  /** (a, b) becomes (a + w b, a - w b). */
  private static void cross(
      double[] aRe, double[] aIm, double[] bRe, double[] bIm, double wRe, double wIm, int n) {
    for (int i = 0; i < n; i++) {
      double xRe = aRe[i];
      double xIm = aIm[i];
      double yRe = bRe[i];
      double yIm = bIm[i];
      double turnedRe = wRe * yRe - wIm * yIm;
      double turnedIm = wRe * yIm + wIm * yRe;
      aRe[i] = xRe + turnedRe;
      aIm[i] = xIm + turnedIm;
      bRe[i] = xRe - turnedRe;
      bIm[i] = xIm - turnedIm;
    }
  }

  /**
   * Between the spectrum of the real signal and that of the complex one, at bin k and its mirror.
   * Both ways are a, b* = even + w d, even - w d, with even = scale (a + b*) and d = a - b*.
   */
  private void recombine(int k, double scale, double wRe, double wIm, int n) {
    int mirror = half - k;
    if (k == mirror) {
      scale(re[k], 2 * scale, n);
      scale(im[k], -2 * scale, n);
      return;
    }
    // Two loops, since one would be too long for the compiler to make vectors of.
    evenAndDifference(re[k], im[k], re[mirror], im[mirror], scale, n);
    crossMirrored(re[k], im[k], re[mirror], im[mirror], wRe, wIm, n);
  }

  private static void evenAndDifference(
      double[] aRe, double[] aIm, double[] bRe, double[] bIm, double scale, int n) {
    for (int i = 0; i < n; i++) {
      double xRe = aRe[i];
      double xIm = aIm[i];
      double yRe = bRe[i];
      double yIm = bIm[i];
      aRe[i] = scale * (xRe + yRe);
      aIm[i] = scale * (xIm - yIm);
      bRe[i] = xRe - yRe;
      bIm[i] = xIm + yIm;
    }
  }

  /** (a, b) becomes (a + w b, (a - w b)*). */
  private static void crossMirrored(
      double[] aRe, double[] aIm, double[] bRe, double[] bIm, double wRe, double wIm, int n) {
    for (int i = 0; i < n; i++) {
      double xRe = aRe[i];
      double xIm = aIm[i];
      double yRe = bRe[i];
      double yIm = bIm[i];
      double turnedRe = wRe * yRe - wIm * yIm;
      double turnedIm = wRe * yIm + wIm * yRe;
      aRe[i] = xRe + turnedRe;
      aIm[i] = xIm + turnedIm;
      bRe[i] = xRe - turnedRe;
      bIm[i] = turnedIm - xIm;
    }
  }

  /** (a, b) becomes (scale (a + b), scale (a - b)), the difference going elsewhere. */
  private static void sumAndDifference(
      double[] a, double[] b, double[] minus, double scale, int n) {
    for (int i = 0; i < n; i++) {
      double x = scale * a[i];
      double y = scale * b[i];
      a[i] = x + y;
      minus[i] = x - y;
    }
  }

  private static void scale(double[] a, double scale, int n) {
    for (int i = 0; i < n; i++) {
      a[i] *= scale;
    }
  }
}
