package affetto.dsp;

/**
 * The signal whose {@link Stft} comes nearest to given spectra in the sense of least squares:
 * weighted overlap-add under a periodic Hann window, four frames deep.
 *
 * <p>{@link #begin} a signal; for each block of frames fill the {@link #spectra} and {@link #add}
 * them; {@link #end} it. One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.istft.html">librosa.istft 0.11</a>
 */
public final class InverseStft {
  private static final int DEPTH = 4;

  private final int nFft;
  private final int hopLength;
  private final double[] window;
  private final double[] synthesis;
  private final BatchFft fft;
  private final float[][] hops;
  private final float[] sum;

  private float[] samples;
  private int frames;

  /**
   * Makes the tables.
   *
   * @param nFft samples of a frame: a power of two, at least 16; the hop is a quarter of it
   */
  public InverseStft(int nFft) {
    this(nFft, new Scratch());
  }

  InverseStft(int nFft, Scratch scratch) {
    if (nFft < 16) {
      throw new IllegalArgumentException("nFft must be at least 16, was " + nFft);
    }
    this.nFft = nFft;
    fft = scratch.synthesis(nFft);
    hopLength = nFft / DEPTH;
    window = Window.hann(nFft);
    synthesis = new double[nFft];
    for (int i = 0; i < nFft; i++) {
      synthesis[i] = window[i] / weight(i % hopLength, 0, DEPTH - 1);
    }
    hops = new float[hopLength][Stft.BLOCK + DEPTH - 1];
    sum = new float[hopLength * (Stft.BLOCK + DEPTH - 1)];
  }

  /** Sum of the squared windows at a place in a hop, over the from-th to the to-th quarter. */
  private double weight(int place, int from, int to) {
    double weight = 0;
    for (int j = from; j <= to; j++) {
      double height = window[j * hopLength + place];
      weight += height * height;
    }
    return weight;
  }

  /** Samples from frame to frame. */
  public int hopLength() {
    return hopLength;
  }

  /**
   * Starts a signal.
   *
   * @param length samples wanted; zeros where the frames do not reach
   */
  public void begin(int length) {
    samples = new float[length];
    frames = 0;
  }

  /** Rows for the next block, of {@link Stft#BLOCK} frames, to be filled; adding spoils them. */
  public Spectra spectra() {
    return new Spectra(fft.re(), fft.im(), Stft.BLOCK);
  }

  /**
   * Adds the next frames.
   *
   * @param count how many of {@link #spectra}, from the first
   */
  public void add(int count) {
    fft.inverse(count);
    for (int place = 0; place < hopLength; place++) {
      overlap(place, count);
    }
    int reach = count + DEPTH - 1;
    Rows.gather(hops, sum, 0, reach);
    int start = frames * hopLength - nFft / 2;
    int from = Math.max(0, -start);
    int to = Math.min(reach * hopLength, samples.length - start);
    for (int i = from; i < to; i++) {
      samples[start + i] += sum[i];
    }
    frames += count;
  }

  /** Sums one place of every hop over the frames that reach it. */
  private void overlap(int place, int count) {
    float[] hop = hops[place];
    double[] a = fft.samples(place);
    double[] b = fft.samples(place + hopLength);
    double[] c = fft.samples(place + 2 * hopLength);
    double[] d = fft.samples(place + 3 * hopLength);
    double wa = synthesis[place];
    double wb = synthesis[place + hopLength];
    double wc = synthesis[place + 2 * hopLength];
    double wd = synthesis[place + 3 * hopLength];
    for (int t = DEPTH - 1; t < count; t++) {
      hop[t] = (float) (wa * a[t] + wb * b[t - 1] + wc * c[t - 2] + wd * d[t - 3]);
    }
    for (int t = 0; t < Math.min(DEPTH - 1, count); t++) {
      hop[t] = partial(place, t, count);
    }
    for (int t = count; t < count + DEPTH - 1; t++) {
      hop[t] = partial(place, t, count);
    }
  }

  /** Where fewer than four of the block's frames reach. */
  private float partial(int place, int t, int count) {
    double value = 0;
    for (int j = Math.max(0, t - count + 1); j <= Math.min(t, DEPTH - 1); j++) {
      int i = place + j * hopLength;
      value += synthesis[i] * fft.samples(i)[t - j];
    }
    return (float) value;
  }

  /** The signal, shape [length]. */
  public float[] end() {
    for (int hop = 0; hop < Math.min(DEPTH - 1, frames); hop++) {
      reweigh(hop);
    }
    for (int hop = frames; hop < frames + DEPTH - 1; hop++) {
      reweigh(hop);
    }
    float[] done = samples;
    samples = null;
    return done;
  }

  /**
   * Corrects a hop that fewer than four frames reach, for which less weight is to be divided by.
   */
  private void reweigh(int hop) {
    int start = hop * hopLength - nFft / 2;
    int from = Math.max(0, -start);
    int to = Math.min(hopLength, samples.length - start);
    for (int place = from; place < to; place++) {
      double given = weight(place, Math.max(0, hop - frames + 1), Math.min(hop, DEPTH - 1));
      double assumed = weight(place, 0, DEPTH - 1);
      samples[start + place] *= (float) (given > Float.MIN_NORMAL ? assumed / given : assumed);
    }
  }
}
