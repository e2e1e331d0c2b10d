package affetto.dsp;

import java.util.Arrays;

/**
 * Arithmetic on rows: plain loops over arrays that share one index, the only form of which the JIT
 * compiler makes vector instructions.
 */
public final class Rows {
  private Rows() {}

  /** a = scale a. */
  public static void scale(float[] a, float scale, int n) {
    for (int i = 0; i < n; i++) {
      a[i] *= scale;
    }
  }

  /** out = scale a. */
  public static void copyScaled(float[] a, float scale, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = scale * a[i];
    }
  }

  /** (sumRe, sumIm) = (sumRe, sumIm) + w (re, im). */
  public static void addTurned(
      float[] re, float[] im, float wRe, float wIm, float[] sumRe, float[] sumIm, int n) {
    for (int i = 0; i < n; i++) {
      sumRe[i] += wRe * re[i] - wIm * im[i];
      sumIm[i] += wRe * im[i] + wIm * re[i];
    }
  }

  /** sum = sum + weight a. */
  public static void addWeighted(float[] sum, float[] a, float weight, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += weight * a[i];
    }
  }

  /** sum = sum + each of four weighted. */
  public static void addWeighted(
      float[] sum,
      float[] a,
      float weightA,
      float[] b,
      float weightB,
      float[] c,
      float weightC,
      float[] d,
      float weightD,
      int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += (weightA * a[i] + weightB * b[i]) + (weightC * c[i] + weightD * d[i]);
    }
  }

  /** largest = the larger of largest and a. */
  public static void largest(float[] largest, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      largest[i] = Math.max(largest[i], a[i]);
    }
  }

  /** power = re re + im im. */
  public static void power(float[] re, float[] im, float[] power, int n) {
    for (int i = 0; i < n; i++) {
      power[i] = re[i] * re[i] + im[i] * im[i];
    }
  }

  /** root = square root of a. */
  public static void squareRoot(float[] a, float[] root, int n) {
    for (int i = 0; i < n; i++) {
      root[i] = (float) Math.sqrt(a[i]);
    }
  }

  /**
   * Lays a signal out in rows by its position in a period.
   *
   * @param signal shape [count * rows.length]
   * @param rows receives {@code rows[c][t] = signal[t * rows.length + c]}
   */
  public static void deal(float[] signal, float[][] rows, int count) {
    int period = rows.length;
    int c = 0;
    // Four rows at a time: a line of the cache is then read once for four of its values.
    for (; c + 3 < period; c += 4) {
      float[] row0 = rows[c];
      float[] row1 = rows[c + 1];
      float[] row2 = rows[c + 2];
      float[] row3 = rows[c + 3];
      for (int t = 0, i = c; t < count; t++, i += period) {
        row0[t] = signal[i];
        row1[t] = signal[i + 1];
        row2[t] = signal[i + 2];
        row3[t] = signal[i + 3];
      }
    }
    for (; c < period; c++) {
      for (int t = 0, i = c; t < count; t++, i += period) {
        rows[c][t] = signal[i];
      }
    }
  }

  /**
   * The inverse of {@link #deal}.
   *
   * @param rows shape [period x at least count]
   * @param signal receives {@code signal[offset + t * rows.length + c] = rows[c][t]}
   */
  public static void gather(float[][] rows, float[] signal, int offset, int count) {
    int period = rows.length;
    int c = 0;
    for (; c + 3 < period; c += 4) {
      float[] row0 = rows[c];
      float[] row1 = rows[c + 1];
      float[] row2 = rows[c + 2];
      float[] row3 = rows[c + 3];
      for (int t = 0, i = offset + c; t < count; t++, i += period) {
        signal[i] = row0[t];
        signal[i + 1] = row1[t];
        signal[i + 2] = row2[t];
        signal[i + 3] = row3[t];
      }
    }
    for (; c < period; c++) {
      for (int t = 0, i = offset + c; t < count; t++, i += period) {
        signal[i] = rows[c][t];
      }
    }
  }

  /**
   * Turns columns to rows.
   *
   * @param from a matrix, of which {@code height} rows count from {@code fromRow}
   * @param width columns that count, from the first
   * @param to receives {@code to[toRow + i][j] = from[fromRow + j][i]}
   */
  public static void transpose(
      double[][] from, int fromRow, int height, int width, float[][] to, int toRow) {
    int j = 0;
    for (; j + 3 < height; j += 4) {
      double[] row0 = from[fromRow + j];
      double[] row1 = from[fromRow + j + 1];
      double[] row2 = from[fromRow + j + 2];
      double[] row3 = from[fromRow + j + 3];
      for (int i = 0; i < width; i++) {
        float[] out = to[toRow + i];
        out[j] = (float) row0[i];
        out[j + 1] = (float) row1[i];
        out[j + 2] = (float) row2[i];
        out[j + 3] = (float) row3[i];
      }
    }
    for (; j < height; j++) {
      double[] row = from[fromRow + j];
      for (int i = 0; i < width; i++) {
        to[toRow + i][j] = (float) row[i];
      }
    }
  }

  /** As the other one, all in single precision. */
  public static void transpose(
      float[][] from, int fromRow, int height, int width, float[][] to, int toRow) {
    int j = 0;
    for (; j + 3 < height; j += 4) {
      float[] row0 = from[fromRow + j];
      float[] row1 = from[fromRow + j + 1];
      float[] row2 = from[fromRow + j + 2];
      float[] row3 = from[fromRow + j + 3];
      for (int i = 0; i < width; i++) {
        float[] out = to[toRow + i];
        out[j] = row0[i];
        out[j + 1] = row1[i];
        out[j + 2] = row2[i];
        out[j + 3] = row3[i];
      }
    }
    for (; j < height; j++) {
      float[] row = from[fromRow + j];
      for (int i = 0; i < width; i++) {
        to[toRow + i][j] = row[i];
      }
    }
  }

  /** Zeros. */
  public static void clear(float[][] rows, int n) {
    for (float[] row : rows) {
      Arrays.fill(row, 0, n, 0);
    }
  }
}
