package affetto.dsp;

/**
 * The signal whose {@link Stft} comes nearest to given spectra in the sense of least squares:
 * weighted overlap-add under a periodic Hann window, four frames deep.
 *
 * <p>{@link #begin} a signal; for each block of frames fill {@link #re} and {@link #im} and {@link
 * #add} them; {@link #end} it. One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.istft.html">librosa.istft 0.11</a>
 */
public final class InverseStft {
  private static final int DEPTH = 4;

  private final int nFft;
  private final int hopLength;
  private final double[] window;
  private final float[] synthesis;
  private final FloatBatchFft fft;
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
    synthesis = new float[nFft];
    for (int i = 0; i < nFft; i++) {
      synthesis[i] = (float) (window[i] / weight(i % hopLength, 0, DEPTH - 1));
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

  /** Number of frequencies, {@code 1 + nFft / 2}. */
  public int bins() {
    return fft.bins();
  }

  /**
   * The real parts of the next block, to be filled; adding spoils them.
   *
   * @return a row for each bin, of {@link Stft#BLOCK} frames
   */
  public float[][] re() {
    return fft.re();
  }

  /** The imaginary parts, likewise. */
  public float[][] im() {
    return fft.im();
  }

  /**
   * Adds the next frames.
   *
   * @param count how many, from the first of each row
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
    float[] a = fft.samples(place);
    float[] b = fft.samples(place + hopLength);
    float[] c = fft.samples(place + 2 * hopLength);
    float[] d = fft.samples(place + 3 * hopLength);
    float wa = synthesis[place];
    float wb = synthesis[place + hopLength];
    float wc = synthesis[place + 2 * hopLength];
    float wd = synthesis[place + 3 * hopLength];
    for (int t = DEPTH - 1; t < count; t++) {
      hop[t] = wa * a[t] + wb * b[t - 1] + wc * c[t - 2] + wd * d[t - 3];
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
    float value = 0;
    for (int j = Math.max(0, t - count + 1); j <= Math.min(t, DEPTH - 1); j++) {
      int i = place + j * hopLength;
      value += synthesis[i] * fft.samples(i)[t - j];
    }
    return value;
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
