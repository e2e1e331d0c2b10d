package affetto.dsp;

import java.util.Arrays;

/** A {@link BatchFft} in double precision. */
public final class DoubleBatchFft extends BatchFft {
  private final double[][] re;
  private final double[][] im;
  private final double[] cosine;
  private final double[] sine;
  private final double[] window;

  /** Signals that are transformed as they are. */
  public DoubleBatchFft(int size, int capacity) {
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
  public DoubleBatchFft(int size, int capacity, double[] window) {
    super(size, capacity, Double.BYTES);
    re = new double[half + 1][capacity + PADDING];
    im = new double[half + 1][capacity + PADDING];
    cosine = new double[half];
    sine = new double[half];
    for (int i = 0; i < half; i++) {
      cosine[i] = Math.cos(2 * Math.PI * i / size);
      sine[i] = Math.sin(2 * Math.PI * i / size);
    }
    this.window = window;
  }

  /** The row of sample i of every signal, shape [at least capacity]; to fill, or to read. */
  public double[] samples(int i) {
    return (i % 2 == 0 ? re : im)[rowOfPair(i / 2)];
  }

  /** The rows of the real parts by bin, shape [bins x at least capacity]; to read, or to fill. */
  public double[][] re() {
    return re;
  }

  /** The rows of the imaginary parts by bin, shape [bins x at least capacity]. */
  public double[][] im() {
    return im;
  }

  @Override
  void firstFour(int row, int sample, int n) {
    if (window == null) {
      four(row, row + 1, row + 2, row + 3, -1, n);
      return;
    }
    weightedFour(re, row, sample, n);
    weightedFour(im, row, sample + 1, n);
    crossTurned(re[row + 1], im[row + 1], re[row + 3], im[row + 3], -1, n);
  }

  private void weightedFour(double[][] rows, int row, int sample, int n) {
    double wa = window[sample];
    double wb = window[sample + half];
    double wc = window[sample + half / 2];
    double wd = window[sample + 3 * half / 2];
    four(rows[row], wa, rows[row + 1], wb, rows[row + 2], wc, rows[row + 3], wd, n);
  }

  @Override
  void four(int a, int b, int c, int d, int sign, int n) {
    four(re[a], re[b], re[c], re[d], n);
    four(im[a], im[b], im[c], im[d], n);
    crossTurned(re[b], im[b], re[d], im[d], sign, n);
  }

  @Override
  void cross(int a, int b, int w, int sign, int n) {
    if (w == 0) {
      cross(re[a], im[a], re[b], im[b], n);
    } else {
      cross(re[a], im[a], re[b], im[b], cosine[w], sign * sine[w], n);
    }
  }

  @Override
  void takeApart(int n) {
    sumAndDifference(re[0], im[0], re[half], 1, n);
    Arrays.fill(im[0], 0, n, 0);
    Arrays.fill(im[half], 0, n, 0);
    for (int k = 1; k <= half / 2; k++) {
      recombine(k, 0.5, -0.5 * sine[k], -0.5 * cosine[k], n);
    }
  }

  @Override
  void putTogether(int n) {
    double scale = 1.0 / size();
    sumAndDifference(re[0], re[half], im[0], scale, n);
    for (int k = 1; k <= half / 2; k++) {
      recombine(k, scale, -scale * sine[k], scale * cosine[k], n);
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

  /** (a, b) becomes (a + i sign b, a - i sign b). */
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

  /** (a, b) becomes (scale (a + b*), a - b*). */
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
