package affetto.dsp;

/** Windows as {@code scipy.signal.get_window(name, n, fftbins=True)} makes them. */
public final class Window {
  private Window() {}

  /**
   * The periodic Hann window, {@code 0.5 - 0.5 cos(2 pi i / n)}.
   *
   * @param length at least 1
   * @return shape [length], range 0 to 1
   */
  public static double[] hann(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("a window needs a length of at least 1, was " + length);
    }
    double[] window = new double[length];
    for (int i = 0; i < length; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / length);
    }
    return window;
  }

  /**
   * Puts a window into the middle of zeros.
   *
   * @param window shape [n]
   * @param size at least n
   * @return shape [size]
   * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.util.pad_center.html">pad_center
   *     of librosa 0.11</a>
   */
  public static double[] padCentre(double[] window, int size) {
    if (size < window.length) {
      throw new IllegalArgumentException(
          "a window of " + window.length + " does not fit into " + size);
    }
    double[] padded = new double[size];
    System.arraycopy(window, 0, padded, (size - window.length) / 2, window.length);
    return padded;
  }

  /** In single precision. */
  static float[] toFloats(double[] window) {
    float[] floats = new float[window.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) window[i];
    }
    return floats;
  }
}
