package affetto.dsp;

import java.util.Arrays;

/**
 * The first coefficients of the orthonormal discrete cosine transform of type II.
 *
 * <p>Immutable; may be shared.
 *
 * @see <a href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.fft.dct.html">
 *     scipy.fft.dct with type=2, norm='ortho'</a>
 */
public final class Dct {
  private final int inputs;
  private final double[][] rows;

  /**
   * Makes the table.
   *
   * @param inputs values that come in
   * @param outputs coefficients that go out, at most {@code inputs}
   */
  public Dct(int inputs, int outputs) {
    if (outputs < 1 || outputs > inputs) {
      throw new IllegalArgumentException(
          "%d coefficients of %d values cannot be".formatted(outputs, inputs));
    }
    this.inputs = inputs;
    rows = new double[outputs][inputs];
    for (int k = 0; k < outputs; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / inputs);
      for (int n = 0; n < inputs; n++) {
        rows[k][n] = scale * Math.cos(Math.PI * k * (2 * n + 1) / (2.0 * inputs));
      }
    }
  }

  /**
   * Transforms one vector.
   *
   * @param values shape [inputs]
   * @param out receives the coefficients, shape [outputs]
   */
  public void apply(double[] values, double[] out) {
    for (int k = 0; k < rows.length; k++) {
      double[] row = rows[k];
      double sum = 0;
      for (int n = 0; n < inputs; n++) {
        sum += row[n] * values[n];
      }
      out[k] = sum;
    }
  }

  /**
   * Transforms frames.
   *
   * @param values rows, shape [inputs x at least frames]
   * @param frames number of frames
   * @param out receives rows of coefficients, shape [outputs x at least at + frames]
   * @param at where in those rows the first frame goes
   */
  public void apply(double[][] values, int frames, double[][] out, int at) {
    for (int k = 0; k < rows.length; k++) {
      Arrays.fill(out[k], at, at + frames, 0);
      for (int n = 0; n < inputs; n++) {
        addWeighted(out[k], at, values[n], rows[k][n], frames);
      }
    }
  }

  /** As the other one, of values in single precision. */
  public void apply(float[][] values, int frames, double[][] out) {
    for (int k = 0; k < rows.length; k++) {
      Arrays.fill(out[k], 0, frames, 0);
      for (int n = 0; n < inputs; n++) {
        double weight = rows[k][n];
        for (int i = 0; i < frames; i++) {
          out[k][i] += weight * values[n][i];
        }
      }
    }
  }

  private static void addWeighted(double[] sum, int at, double[] a, double weight, int n) {
    for (int i = 0; i < n; i++) {
      sum[at + i] += weight * a[i];
    }
  }
}
