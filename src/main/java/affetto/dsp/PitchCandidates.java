package affetto.dsp;

import java.util.Arrays;

/**
 * The pitches that the frames of a recording may have, few of many bins, with their probabilities.
 */
final class PitchCandidates {
  private final int pitches;
  private int[] pitchOf = new int[256];
  private double[] probabilityOf = new double[256];
  private int[] ends;
  private double[] voiced;
  private int count;
  private int frames;

  /**
   * Makes room.
   *
   * @param pitches number of bins
   * @param frames how many are to come
   */
  PitchCandidates(int pitches, int frames) {
    this.pitches = pitches;
    ends = new int[frames];
    voiced = new double[frames];
  }

  /**
   * Adds a candidate of the current frame. Of several for one bin the last counts, as in librosa;
   * those above the highest bin do not count, and those below the lowest count for it.
   *
   * @param pitch its bin, no higher than that of the candidate before
   * @param probability above 0
   */
  void add(long pitch, double probability) {
    if (pitch >= pitches) {
      return;
    }
    int bin = (int) Math.max(0, pitch);
    boolean again = count > begin(frames) && pitchOf[count - 1] == bin;
    if (!again) {
      if (count == pitchOf.length) {
        pitchOf = Arrays.copyOf(pitchOf, 2 * count);
        probabilityOf = Arrays.copyOf(probabilityOf, 2 * count);
      }
      count++;
    }
    pitchOf[count - 1] = bin;
    probabilityOf[count - 1] = probability;
  }

  /** Ends the current frame. */
  void endFrame() {
    double sum = 0;
    for (int i = count - 1; i >= begin(frames); i--) {
      sum += probabilityOf[i];
    }
    voiced[frames] = Math.min(1, sum);
    ends[frames] = count;
    frames++;
  }

  int pitches() {
    return pitches;
  }

  int frames() {
    return frames;
  }

  /** The first candidate of a frame. */
  int begin(int frame) {
    return frame == 0 ? 0 : ends[frame - 1];
  }

  /** One after the last candidate of a frame. */
  int end(int frame) {
    return ends[frame];
  }

  /** The bin of a candidate. */
  int pitch(int candidate) {
    return pitchOf[candidate];
  }

  /** The probability of a candidate. */
  double probability(int candidate) {
    return probabilityOf[candidate];
  }

  /** The probabilities that the frames are voiced, shape [frames]. */
  double[] voiced() {
    return Arrays.copyOf(voiced, frames);
  }

  /** The probability of a frame to be voiced. */
  double voiced(int frame) {
    return voiced[frame];
  }
}
