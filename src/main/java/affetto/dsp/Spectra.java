package affetto.dsp;

/**
 * The complex spectra of successive frames, a row for each frequency: a view of an engine's
 * buffers, which holds until that engine is used again.
 *
 * @param re real parts, shape [bins x at least frames]
 * @param im imaginary parts, likewise
 * @param frames number of frames
 */
@SuppressWarnings("ArrayRecordComponent") // a view of large buffers: copies would dominate
public record Spectra(double[][] re, double[][] im, int frames) {

  /** Frequencies of a frame, {@code 1 + nFft / 2}. */
  public int bins() {
    return re.length;
  }

  /**
   * The power of one frequency in every frame.
   *
   * @param bin number of the frequency
   * @param power receives squared magnitudes, shape [at least frames]
   */
  public void power(int bin, float[] power) {
    double[] x = re[bin];
    double[] y = im[bin];
    for (int t = 0; t < frames; t++) {
      power[t] = (float) (x[t] * x[t] + y[t] * y[t]);
    }
  }
}
