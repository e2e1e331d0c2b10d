package affetto.dsp;

import java.util.Arrays;

/**
 * The short-time Fourier transform with a periodic Hann window, frames centred at multiples of the
 * hop and zeros beyond both ends of the signal.
 *
 * <p>One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.stft.html">librosa.stft 0.11</a>
 */
public final class Stft {
  /** Most frames at once: more are no faster, and their memory leaves the cache. */
  public static final int BLOCK = 256;

  private final int nFft;
  private final int hopLength;
  private final double[] window;
  private final int windowStart;
  private final int windowEnd;
  private final DoubleBatchFft fft;
  private final FrameRows frameRows;

  private float[] kept;
  private DoubleBatchFft keptFft;
  private boolean keptIsReady;

  /**
   * Makes the tables.
   *
   * @param nFft samples of a frame: a power of two, at least 4
   * @param hopLength samples from frame to frame, at least 1
   * @param winLength samples of the window, in the middle of the frame; 1 to nFft
   */
  public Stft(int nFft, int hopLength, int winLength) {
    if (hopLength < 1) {
      throw new IllegalArgumentException("hopLength must be at least 1, was " + hopLength);
    }
    this.nFft = nFft;
    this.hopLength = hopLength;
    window = Window.padCentre(Window.hann(winLength), nFft);
    windowStart = (nFft - winLength) / 2;
    windowEnd = windowStart + winLength;
    fft = new DoubleBatchFft(nFft, BLOCK, window);
    frameRows = new FrameRows(nFft, hopLength, BLOCK);
  }

  /** The window as long as the transform. */
  public Stft(int nFft, int hopLength) {
    this(nFft, hopLength, nFft);
  }

  /** Frequencies of a frame, {@code 1 + nFft / 2}. */
  public int bins() {
    return fft.bins();
  }

  /** Samples from frame to frame. */
  public int hopLength() {
    return hopLength;
  }

  /** Frames of a signal, {@code 1 + n / hopLength}. */
  public int frames(int samples) {
    return 1 + samples / hopLength;
  }

  /**
   * Announces a signal that will be transformed several times: if its frames fit into one block,
   * they are then computed only once.
   *
   * @param samples not to be changed until another signal is announced
   */
  public void keep(float[] samples) {
    if (samples != kept) {
      kept = samples;
      keptIsReady = false;
    }
  }

  /**
   * Transforms successive frames.
   *
   * @param samples shape [n]
   * @param first number of the first frame, whose middle is at sample {@code first * hopLength}
   * @param count number of frames, 1 to {@link #BLOCK}
   * @return a view that holds until the next call
   */
  public Spectra transform(float[] samples, int first, int count) {
    if (samples != kept || first != 0 || count != frames(samples.length)) {
      transform(samples, first, count, fft);
      return new Spectra(fft.re(), fft.im(), count);
    }
    if (!keptIsReady) {
      if (keptFft == null) {
        keptFft = new DoubleBatchFft(nFft, BLOCK, window);
      }
      transform(samples, first, count, keptFft);
      keptIsReady = true;
    }
    return new Spectra(keptFft.re(), keptFft.im(), count);
  }

  private void transform(float[] samples, int first, int count, DoubleBatchFft fft) {
    frameRows.cut(samples, Math.multiplyExact(first, hopLength) - nFft / 2, count);
    for (int i = 0; i < nFft; i++) {
      if (i < windowStart || i >= windowEnd) {
        Arrays.fill(fft.samples(i), 0, count, 0);
      } else {
        frameRows.copy(i, fft.samples(i), count);
      }
    }
    fft.forward(count);
  }
}
