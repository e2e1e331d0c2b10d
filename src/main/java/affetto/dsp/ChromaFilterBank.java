package affetto.dsp;

import java.util.Arrays;

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

  private final int bins;
  private final float[] weights;

  /**
   * Makes the filters.
   *
   * @param sampleRate samples per second
   * @param nFft size of the transform whose {@code 1 + nFft / 2} bins come in
   * @param tuning deviation from A = 440 Hz in semitones
   */
  public ChromaFilterBank(double sampleRate, int nFft, double tuning) {
    bins = 1 + nFft / 2;
    weights = new float[CLASSES * bins];
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
        weights[pitchClass * bins + k] = (float) (column[c] * scale);
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
    return Arrays.copyOfRange(weights, pitchClass * bins, (pitchClass + 1) * bins);
  }

  /**
   * Filters one frame.
   *
   * @param spectrum magnitude or power by bin; the frame's first bin is at {@code offset}
   * @param offset where the frame starts
   * @param out receives the pitch classes, shape [12]
   */
  public void apply(float[] spectrum, int offset, double[] out) {
    for (int c = 0; c < CLASSES; c++) {
      int row = c * bins;
      // Four sums side by side, since one alone waits for each of its additions.
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      int k = 0;
      for (; k + 3 < bins; k += 4) {
        s0 += (double) weights[row + k] * spectrum[offset + k];
        s1 += (double) weights[row + k + 1] * spectrum[offset + k + 1];
        s2 += (double) weights[row + k + 2] * spectrum[offset + k + 2];
        s3 += (double) weights[row + k + 3] * spectrum[offset + k + 3];
      }
      for (; k < bins; k++) {
        s0 += (double) weights[row + k] * spectrum[offset + k];
      }
      out[c] = (s0 + s1) + (s2 + s3);
    }
  }
}
