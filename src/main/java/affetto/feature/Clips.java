package affetto.feature;

import affetto.audio.Waveform;

/** What every extractor demands of a clip. */
final class Clips {
  private Clips() {}

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
}
