package affetto.audio;

import java.io.Serializable;
import java.util.Objects;

/**
 * Mono sound in memory.
 *
 * @param samples mono, shape [n], full scale 1.0; not copied, so treat it as immutable
 * @param sampleRate samples per second, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // samples are shared on purpose: copies would dominate
public record Waveform(float[] samples, int sampleRate) implements Serializable {

  public Waveform {
    Objects.requireNonNull(samples, "samples");
    if (sampleRate < 1) {
      throw new IllegalArgumentException("sampleRate must be at least 1, was " + sampleRate);
    }
  }

  /** Length in seconds. */
  public double duration() {
    return (double) samples.length / sampleRate;
  }
}
