package affetto.dsp;

/**
 * The complex spectra of successive frames.
 *
 * @param re real parts, frame after frame, shape [frames x bins]
 * @param im imaginary parts, likewise
 * @param frames number of frames
 * @param bins frequencies of a frame, {@code 1 + nFft / 2}
 */
@SuppressWarnings("ArrayRecordComponent") // a view of large buffers: copies would dominate
public record Spectra(float[] re, float[] im, int frames, int bins) {

  public Spectra {
    if (re.length != frames * bins || im.length != re.length) {
      throw new IllegalArgumentException(
          "%d and %d values do not make %d frames of %d bins"
              .formatted(re.length, im.length, frames, bins));
    }
  }

  /** Zeros of the given shape. */
  public static Spectra zeros(int frames, int bins) {
    int length = Math.multiplyExact(frames, bins);
    return new Spectra(new float[length], new float[length], frames, bins);
  }
}
