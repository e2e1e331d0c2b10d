package affetto.dsp;

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
}
