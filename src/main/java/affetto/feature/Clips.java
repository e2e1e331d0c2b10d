package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.Resampler;
import affetto.dsp.Workbench;

/** What every extractor does with a clip before it computes. */
final class Clips {
  /**
   * The largest sample that sums of powers of are still finite in single precision. Floats in the
   * range of 32-bit integers are below it.
   */
  private static final float LARGEST = 1e10f;

  private Clips() {}

  /** At another rate, or as it is if it has that rate already. */
  static Waveform resampled(Waveform recording, int sampleRate, Workbench bench) {
    if (recording.sampleRate() == sampleRate) {
      return recording;
    }
    Resampler resampler = bench.resampler(recording.sampleRate(), sampleRate);
    return new Waveform(resampler.apply(recording.samples()), sampleRate);
  }

  static void check(Waveform clip, int sampleRate) {
    if (clip.samples().length == 0) {
      throw new IllegalArgumentException("the clip is empty: too short for the feature set");
    }
    if (clip.sampleRate() != sampleRate) {
      throw new IllegalArgumentException(
          "the clip has %d samples per second, not %d".formatted(clip.sampleRate(), sampleRate));
    }
    for (float sample : clip.samples()) {
      if (!Float.isFinite(sample)) {
        throw new IllegalArgumentException("the clip has a sample that is not a finite number");
      }
      if (Math.abs(sample) > LARGEST) {
        throw new IllegalArgumentException(
            "the clip has a sample of %g, too large for sound".formatted(sample));
      }
    }
  }
}
