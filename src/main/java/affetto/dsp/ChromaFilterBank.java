package affetto.dsp;

/**
 * Filters that gather the frequencies of each pitch class, over all octaves: Gaussian bumps around
 * the semitones, weighted by a Gaussian over the octaves around the fifth. Class 0 is C.
 *
 * <p>Immutable; may be shared.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.filters.chroma.html">
 *     librosa.filters.chroma 0.11</a>
 */
public final class ChromaFilterBank {
  /** Pitch classes. */
  public static final int CLASSES = 12;

  private static final double CENTRE_OCTAVE = 5;
  private static final double OCTAVE_WIDTH = 2;
  private static final int A_TO_C = 3;

  /** Smaller weights count as zero: Gaussians never end. */
  private static final float NEGLIGIBLE = 1e-8f;

  private final float[][] weights;

  /**
   * Makes the filters.
   *
   * @param sampleRate samples per second
   * @param nFft size of the transform whose {@code 1 + nFft / 2} bins come in
   * @param tuning deviation from A = 440 Hz in semitones
   */
  public ChromaFilterBank(double sampleRate, int nFft, double tuning) {
    int bins = 1 + nFft / 2;
    weights = new float[CLASSES][bins];
    double[] semitones = semitones(sampleRate / nFft, bins + 1, tuning);
    double[] column = new double[CLASSES];
    for (int k = 0; k < bins; k++) {
      double width = Math.max(1, semitones[k + 1] - semitones[k]);
      double squares = 0;
      for (int c = 0; c < CLASSES; c++) {
        double half = CLASSES / 2.0;
        double distance = (semitones[k] - c + half + 10 * CLASSES) % CLASSES - half;
        column[c] = Math.exp(-0.5 * (2 * distance / width) * (2 * distance / width));
        squares += column[c] * column[c];
      }
      double octave = (semitones[k] / CLASSES - CENTRE_OCTAVE) / OCTAVE_WIDTH;
      double scale = Math.exp(-0.5 * octave * octave) / Math.sqrt(squares);
      for (int c = 0; c < CLASSES; c++) {
        int pitchClass = (c + CLASSES - A_TO_C) % CLASSES;
        weights[pitchClass][k] = (float) (column[c] * scale);
      }
    }
  }

  /**
   * Semitones above the A of 27.5 Hz; the bin at 0 Hz is put one and a half octaves below bin 1.
   */
  private static double[] semitones(double hzPerBin, int count, double tuning) {
    double lowestA = 440 * Math.pow(2, tuning / CLASSES) / 16;
    double[] semitones = new double[count];
    for (int k = 1; k < count; k++) {
      semitones[k] = CLASSES * Math.log(k * hzPerBin / lowestA) / Math.log(2);
    }
    semitones[0] = semitones[1] - 1.5 * CLASSES;
    return semitones;
  }

  /** The filter of a pitch class, shape [1 + nFft / 2]. */
  public float[] filter(int pitchClass) {
    return weights[pitchClass].clone();
  }

  /**
   * Filters frames.
   *
   * @param spectrum rows of magnitude or power by bin, shape [bins x at least frames]
   * @param out receives the rows of the pitch classes, shape [12 x at least frames]
   * @param frames number of frames
   */
  public void apply(float[][] spectrum, float[][] out, int frames) {
    Rows.clear(out, frames);
    int[] used = new int[4];
    for (int c = 0; c < CLASSES; c++) {
      float[] filter = weights[c];
      int count = 0;
      for (int k = 0; k < filter.length; k++) {
        if (filter[k] >= NEGLIGIBLE) {
          used[count++] = k;
        }
        // Four at a time: the sums are then fetched and stored only once for four of them.
        if (count == used.length || k == filter.length - 1) {
          add(filter, spectrum, used, count, out[c], frames);
          count = 0;
        }
      }
    }
  }

  private static void add(
      float[] filter, float[][] spectrum, int[] used, int count, float[] sum, int frames) {
    if (count == used.length) {
      Rows.addWeighted(
          sum,
          spectrum[used[0]],
          filter[used[0]],
          spectrum[used[1]],
          filter[used[1]],
          spectrum[used[2]],
          filter[used[2]],
          spectrum[used[3]],
          filter[used[3]],
          frames);
      return;
    }
    for (int i = 0; i < count; i++) {
      Rows.addWeighted(sum, spectrum[used[i]], filter[used[i]], frames);
    }
  }
}
