package affetto.dsp;

import java.util.Arrays;

/**
 * A {@link BatchFft} in single precision: half the memory, and errors of 1e-7 of a spectrum's root
 * mean square. But for the window it is {@link DoubleBatchFft}, line for line.
 */
public final class FloatBatchFft extends BatchFft {
  private final float[][] re;
  private final float[][] im;
  private final float[] cosine;
  private final float[] sine;

  /**
   * Makes tables and rows.
   *
   * @param size length of each signal: a power of two, at least 8
   * @param capacity most signals at once, at least 1; some 64 to 256 are fastest
   */
  public FloatBatchFft(int size, int capacity) {
    super(size, capacity, Float.BYTES);
    re = new float[half + 1][capacity + PADDING];
    im = new float[half + 1][capacity + PADDING];
    cosine = new float[half];
    sine = new float[half];
    for (int i = 0; i < half; i++) {
      cosine[i] = (float) Math.cos(2 * Math.PI * i / size);
      sine[i] = (float) Math.sin(2 * Math.PI * i / size);
    }
  }

  /** The row of sample i of every signal, shape [at least capacity]; to fill, or to read. */
  public float[] samples(int i) {
    return (i % 2 == 0 ? re : im)[rowOfPair(i / 2)];
  }

  /** The rows of the real parts by bin, shape [bins x at least capacity]; to read, or to fill. */
  public float[][] re() {
    return re;
  }

  /** The rows of the imaginary parts by bin, shape [bins x at least capacity]. */
  public float[][] im() {
    return im;
  }

  @Override
  void firstFour(int row, int sample, int n) {
    four(row, row + 1, row + 2, row + 3, -1, n);
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
      recombine(k, 0.5f, -0.5f * sine[k], -0.5f * cosine[k], n);
    }
  }

  @Override
  void putTogether(int n) {
    float scale = 1f / size();
    sumAndDifference(re[0], re[half], im[0], scale, n);
    for (int k = 1; k <= half / 2; k++) {
      recombine(k, scale, -scale * sine[k], scale * cosine[k], n);
    }
  }

  /**
   * Between the spectrum of the real signal and that of the complex one, at bin k and its mirror.
   * Both ways are a, b* = even + w d, even - w d, with even = scale (a + b*) and d = a - b*.
   */
  private void recombine(int k, float scale, float wRe, float wIm, int n) {
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
  private static void four(float[] a, float[] b, float[] c, float[] d, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[i];
      float y = b[i];
      float z = c[i];
      float u = d[i];
      float sumAb = x + y;
      float sumCd = z + u;
      a[i] = sumAb + sumCd;
      b[i] = x - y;
      c[i] = sumAb - sumCd;
      d[i] = z - u;
    }
  }

  /** (a, b) becomes (a + i sign b, a - i sign b). */
  private static void crossTurned(
      float[] aRe, float[] aIm, float[] bRe, float[] bIm, float sign, int n) {
    for (int i = 0; i < n; i++) {
      float xRe = aRe[i];
      float xIm = aIm[i];
      float yRe = sign * bRe[i];
      float yIm = sign * bIm[i];
      aRe[i] = xRe - yIm;
      aIm[i] = xIm + yRe;
      bRe[i] = xRe + yIm;
      bIm[i] = xIm - yRe;
    }
  }

  /** (a, b) becomes (a + b, a - b). */
  private static void cross(float[] aRe, float[] aIm, float[] bRe, float[] bIm, int n) {
    for (int i = 0; i < n; i++) {
      float xRe = aRe[i];
      float xIm = aIm[i];
      float yRe = bRe[i];
      float yIm = bIm[i];
      aRe[i] = xRe + yRe;
      aIm[i] = xIm + yIm;
      bRe[i] = xRe - yRe;
      bIm[i] = xIm - yIm;
    }
  }

  /** (a, b) becomes (a + w b, a - w b). */
  private static void cross(
      float[] aRe, float[] aIm, float[] bRe, float[] bIm, float wRe, float wIm, int n) {
    for (int i = 0; i < n; i++) {
      float xRe = aRe[i];
      float xIm = aIm[i];
      float yRe = bRe[i];
      float yIm = bIm[i];
      float turnedRe = wRe * yRe - wIm * yIm;
      float turnedIm = wRe * yIm + wIm * yRe;
      aRe[i] = xRe + turnedRe;
      aIm[i] = xIm + turnedIm;
      bRe[i] = xRe - turnedRe;
      bIm[i] = xIm - turnedIm;
    }
  }

  /** (a, b) becomes (scale (a + b*), a - b*). */
  private static void evenAndDifference(
      float[] aRe, float[] aIm, float[] bRe, float[] bIm, float scale, int n) {
    for (int i = 0; i < n; i++) {
      float xRe = aRe[i];
      float xIm = aIm[i];
      float yRe = bRe[i];
      float yIm = bIm[i];
      aRe[i] = scale * (xRe + yRe);
      aIm[i] = scale * (xIm - yIm);
      bRe[i] = xRe - yRe;
      bIm[i] = xIm + yIm;
    }
  }

  /** (a, b) becomes (a + w b, (a - w b)*). */
  private static void crossMirrored(
      float[] aRe, float[] aIm, float[] bRe, float[] bIm, float wRe, float wIm, int n) {
    for (int i = 0; i < n; i++) {
      float xRe = aRe[i];
      float xIm = aIm[i];
      float yRe = bRe[i];
      float yIm = bIm[i];
      float turnedRe = wRe * yRe - wIm * yIm;
      float turnedIm = wRe * yIm + wIm * yRe;
      aRe[i] = xRe + turnedRe;
      aIm[i] = xIm + turnedIm;
      bRe[i] = xRe - turnedRe;
      bIm[i] = turnedIm - xIm;
    }
  }

  /** (a, b) becomes (scale (a + b), scale (a - b)), the difference going elsewhere. */
  private static void sumAndDifference(float[] a, float[] b, float[] minus, float scale, int n) {
    for (int i = 0; i < n; i++) {
      float x = scale * a[i];
      float y = scale * b[i];
      a[i] = x + y;
      minus[i] = x - y;
    }
  }

  private static void scale(float[] a, float scale, int n) {
    for (int i = 0; i < n; i++) {
      a[i] *= scale;
    }
  }
}
