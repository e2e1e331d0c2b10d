package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.Resampler;
import affetto.dsp.Workbench;

/** What every extractor does with a clip before it computes, and with what it has computed. */
final class Clips {

  /** 70 minutes at 16 kHz, which with all that is made of it take a gigabyte. */
  private static final int MOST_SAMPLES = 1 << 26;

  private Clips() {}

  /**
   * At another rate, or as it is if it has that rate already.
   *
   * @throws IllegalArgumentException if it is so long that one file might take an executor down
   */
  static Waveform resampled(Waveform recording, int sampleRate, Workbench bench) {
    if (recording.duration() * sampleRate > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "the clip is too long: %.0f s, at most %d s are computed on"
              .formatted(recording.duration(), MOST_SAMPLES / sampleRate));
    }
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
    }
  }

  /**
   * What was computed, as {@link FeatureExtractor#extract} promises it: powers of samples that are
   * no sound, as where integers are taken for floats, are beyond single precision.
   */
  static FeatureMatrix finite(float[] values, int frames, int bands) {
    for (float value : values) {
      finite("a feature", value);
    }
    return new FeatureMatrix(values, frames, bands);
  }

  /** The same of a single value, whose name is for the message. */
  static float finite(String name, float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(
          "%s comes to %s: the clip's samples are too large".formatted(name, value));
    }
    return value;
  }
}
