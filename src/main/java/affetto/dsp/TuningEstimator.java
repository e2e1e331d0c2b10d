package affetto.dsp;

import java.util.Arrays;

/**
 * How far a recording's pitches lie from the semitones of A = 440 Hz: spectral peaks between 150
 * and 4000 Hz, their frequencies refined by a parabola, the louder half of them counted by their
 * distance from the nearest semitone in steps of 0.01.
 *
 * <p>Single precision is used where the original uses it: it decides on which side of a step's edge
 * a peak falls. One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.estimate_tuning.html">
 *     librosa.estimate_tuning 0.11 with S given</a>
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.piptrack.html">librosa.piptrack
 *     0.11</a>
 */
public final class TuningEstimator {
  /** Number of possible answers of {@link #step}. */
  public static final int STEPS = 100;

  private static final double F_MIN_HZ = 150;
  private static final double F_MAX_HZ = 4000;
  private static final float THRESHOLD = 0.1f;
  private static final float LOWEST_A_HZ = 27.5f;

  private final double sampleRate;
  private final int nFft;
  private final int firstBin;
  private final int endBin;
  private final float[] threshold = new float[Stft.BLOCK];
  private final int[] counts = new int[STEPS];
  private float[] pitches = new float[4096];
  private float[] heights = new float[4096];
  private float[] halved = new float[4096];
  private int peaks;

  /**
   * Fixes the frequencies of the bins.
   *
   * @param sampleRate samples per second
   * @param nFft size of the transform whose {@code 1 + nFft / 2} bins come in
   */
  public TuningEstimator(double sampleRate, int nFft) {
    this.sampleRate = sampleRate;
    this.nFft = nFft;
    double hzPerBin = sampleRate / nFft;
    firstBin = Math.max(1, (int) Math.ceil(F_MIN_HZ / hzPerBin));
    double end = Math.min(F_MAX_HZ, sampleRate / 2);
    endBin = Math.min(nFft / 2, (int) Math.ceil(end / hzPerBin));
  }

  /** The tuning in semitones, -0.5 to 0.49, that a step stands for. */
  public static double tuning(int step) {
    return step * (1.0 / STEPS) - 0.5;
  }

  /** Forgets all peaks: a new recording begins. */
  public void begin() {
    peaks = 0;
  }

  /**
   * Collects the peaks of successive frames.
   *
   * @param magnitudes rows by bin, shape [bins x at least frames]
   * @param frames number of frames, at most {@link Stft#BLOCK}
   */
  public void add(float[][] magnitudes, int frames) {
    Arrays.fill(threshold, 0, frames, 0);
    for (float[] row : magnitudes) {
      Rows.largest(threshold, row, frames);
    }
    Rows.scale(threshold, THRESHOLD, frames);
    for (int k = firstBin; k < endBin; k++) {
      float[] before = magnitudes[k - 1];
      float[] here = magnitudes[k];
      float[] after = magnitudes[k + 1];
      for (int t = 0; t < frames; t++) {
        if (here[t] > threshold[t] && here[t] > before[t] && here[t] >= after[t]) {
          addPeak(k, before[t], here[t], after[t]);
        }
      }
    }
  }

  /**
   * Estimates the tuning from the peaks collected.
   *
   * @return a step, 0 to 99; the one of tuning 0 where there is no peak
   */
  public int step() {
    if (peaks == 0) {
      return STEPS / 2;
    }
    float median = medianHeight();
    Arrays.fill(counts, 0);
    for (int i = 0; i < peaks; i++) {
      if (heights[i] >= median) {
        counts[stepOf(pitches[i])]++;
      }
    }
    int best = 0;
    for (int i = 1; i < STEPS; i++) {
      if (counts[i] > counts[best]) {
        best = i;
      }
    }
    return best;
  }

  private void addPeak(int bin, float before, float here, float after) {
    double bend = (double) (after + before) - 2.0 * here;
    double slope = (after - before) / 2.0;
    float shift = Math.abs(slope) >= Math.abs(bend) ? 0 : (float) (-slope / bend);
    if (peaks == pitches.length) {
      pitches = Arrays.copyOf(pitches, 2 * peaks);
      heights = Arrays.copyOf(heights, 2 * peaks);
    }
    pitches[peaks] = (float) ((bin + (double) shift) * sampleRate / nFft);
    heights[peaks] = here + 0.5f * ((after - before) / 2) * shift;
    peaks++;
  }

  private float medianHeight() {
    if (halved.length < peaks) {
      halved = new float[heights.length];
    }
    System.arraycopy(heights, 0, halved, 0, peaks);
    int middle = peaks / 2;
    float upper = select(middle);
    if (peaks % 2 == 1) {
      return upper;
    }
    float lower = halved[0];
    for (int i = 1; i < middle; i++) {
      lower = Math.max(lower, halved[i]);
    }
    return (lower + upper) / 2;
  }

  /** Hoare's selection: the rank-th smallest comes to its place, and the smaller ones before it. */
  private float select(int rank) {
    int low = 0;
    int high = peaks - 1;
    while (low < high) {
      float pivot = halved[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (halved[i] < pivot) {
          i++;
        }
        while (halved[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float value = halved[i];
          halved[i++] = halved[j];
          halved[j--] = value;
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        break;
      }
    }
    return halved[rank];
  }

  private static int stepOf(float hz) {
    float octaves = (float) (Math.log(hz / LOWEST_A_HZ) / Math.log(2));
    float semitones = 12 * octaves;
    float residual = (float) (semitones - Math.floor(semitones));
    if (residual >= 0.5f) {
      residual -= 1;
    }
    int step = Math.min(STEPS - 1, Math.max(0, (int) ((residual + 0.5) * STEPS)));
    if (residual < tuning(step)) {
      step--;
    } else if (step + 1 < STEPS && residual >= tuning(step + 1)) {
      step++;
    }
    return Math.max(0, step);
  }
}
