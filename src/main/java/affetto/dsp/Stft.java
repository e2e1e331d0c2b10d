package affetto.dsp;

import java.util.Arrays;

/**
 * The short-time Fourier transform with a periodic Hann window, frames centred at multiples of the
 * hop and zeros beyond both ends of the signal; and its inverse by weighted overlap-add.
 *
 * <p>One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.stft.html">librosa.stft 0.11</a>
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.istft.html">librosa.istft 0.11</a>
 */
public final class Stft {
  private final int nFft;
  private final int hopLength;
  private final double[] window;
  private final Fft fft;
  private final double[] frame;
  private final double[] re;
  private final double[] im;

  /** The window as long as the transform. */
  public Stft(int nFft, int hopLength) {
    this(nFft, hopLength, nFft);
  }

  /**
   * Makes the tables.
   *
   * @param nFft samples of a frame: a power of two
   * @param hopLength samples from frame to frame, at least 1
   * @param winLength samples of the window, in the middle of the frame
   */
  public Stft(int nFft, int hopLength, int winLength) {
    if (hopLength < 1) {
      throw new IllegalArgumentException("hopLength must be at least 1, was " + hopLength);
    }
    this.nFft = nFft;
    this.hopLength = hopLength;
    fft = new Fft(nFft);
    window = Window.padCentre(Window.hann(winLength), nFft);
    frame = new double[nFft];
    re = new double[fft.bins()];
    im = new double[fft.bins()];
  }

  /** Frequencies of a frame, {@code 1 + nFft / 2}. */
  public int bins() {
    return fft.bins();
  }

  /** Frames of a signal, {@code 1 + n / hopLength}. */
  public int frames(int samples) {
    return 1 + samples / hopLength;
  }

  /**
   * Transforms one frame.
   *
   * @param samples shape [n]
   * @param t number of the frame, whose middle is at sample {@code t * hopLength}
   * @param outRe receives the real parts, shape [bins]
   * @param outIm receives the imaginary parts, shape [bins]
   */
  public void frame(float[] samples, int t, double[] outRe, double[] outIm) {
    int start = t * hopLength - nFft / 2;
    int from = Math.min(nFft, Math.max(0, -start));
    int to = Math.max(from, Math.min(nFft, samples.length - start));
    Arrays.fill(frame, 0, from, 0);
    for (int i = from; i < to; i++) {
      frame[i] = window[i] * samples[start + i];
    }
    Arrays.fill(frame, to, nFft, 0);
    fft.forward(frame, outRe, outIm);
  }

  /**
   * Transforms a signal.
   *
   * @param samples shape [n]
   * @return {@code 1 + n / hopLength} frames
   */
  public Spectra forward(float[] samples) {
    Spectra spectra = Spectra.zeros(frames(samples.length), bins());
    for (int t = 0; t < spectra.frames(); t++) {
      frame(samples, t, re, im);
      int row = t * bins();
      for (int k = 0; k < bins(); k++) {
        spectra.re()[row + k] = (float) re[k];
        spectra.im()[row + k] = (float) im[k];
      }
    }
    return spectra;
  }

  /**
   * The signal whose frames these are, as nearly as least squares allow.
   *
   * @param spectra frames of {@link #bins} bins
   * @param length samples wanted; zeros where the frames do not reach
   * @return shape [length]
   */
  public float[] inverse(Spectra spectra, int length) {
    if (spectra.bins() != bins()) {
      throw new IllegalArgumentException(
          "spectra of %d bins, but the transform has %d".formatted(spectra.bins(), bins()));
    }
    int reach = (int) Math.ceil((length + (double) nFft) / hopLength);
    int used = Math.min(spectra.frames(), reach);
    double[] sum = new double[length];
    double[] weight = new double[length];
    for (int t = 0; t < used; t++) {
      int row = t * bins();
      for (int k = 0; k < bins(); k++) {
        re[k] = spectra.re()[row + k];
        im[k] = spectra.im()[row + k];
      }
      fft.inverse(re, im, frame);
      overlapAdd(t, sum, weight);
    }
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      double scale = weight[i] > Float.MIN_NORMAL ? 1 / weight[i] : 1;
      samples[i] = (float) (sum[i] * scale);
    }
    return samples;
  }

  private void overlapAdd(int t, double[] sum, double[] weight) {
    int start = t * hopLength - nFft / 2;
    int from = Math.max(0, -start);
    int to = Math.min(nFft, sum.length - start);
    for (int i = from; i < to; i++) {
      sum[start + i] += window[i] * frame[i];
      weight[start + i] += window[i] * window[i];
    }
  }
}
