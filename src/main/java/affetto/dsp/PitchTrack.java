package affetto.dsp;

import java.util.ArrayList;
import java.util.List;

/**
 * The fundamental frequency of a recording over time.
 *
 * @param f0Hz in Hz, {@code NaN} where unvoiced; shape [frames]
 * @param voiced whether a frame is voiced; shape [frames]
 * @param voicedProbability how probable that was before its neighbours were heard, 0 to 1; shape
 *     [frames]
 */
@SuppressWarnings("ArrayRecordComponent") // made for one reader: copies would only cost
public record PitchTrack(double[] f0Hz, boolean[] voiced, double[] voicedProbability) {

  public PitchTrack {
    if (voiced.length != f0Hz.length || voicedProbability.length != f0Hz.length) {
      throw new IllegalArgumentException(
          "%d, %d and %d frames are not one track"
              .formatted(f0Hz.length, voiced.length, voicedProbability.length));
    }
  }

  /** Number of frames. */
  public int frames() {
    return f0Hz.length;
  }

  /**
   * Frames of one voicing between frames of the other.
   *
   * @param begin first frame
   * @param end one after the last frame
   * @param voiced whether they are voiced
   */
  public record Stretch(int begin, int end, boolean voiced) {

    /** Number of frames, at least 1. */
    public int frames() {
      return end - begin;
    }
  }

  /** The voiced and unvoiced stretches, in turn. */
  public List<Stretch> stretches() {
    List<Stretch> stretches = new ArrayList<>();
    int begin = 0;
    for (int t = 1; t <= frames(); t++) {
      if (t == frames() || voiced[t] != voiced[begin]) {
        stretches.add(new Stretch(begin, t, voiced[begin]));
        begin = t;
      }
    }
    return stretches;
  }
}
