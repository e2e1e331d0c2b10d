package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.Resampler;

/** Brings recordings to one rate; keeps the tables of the rate that it met last. */
final class RateConverter {
  private final int toRate;
  private int fromRate;
  private Resampler resampler;

  RateConverter(int toRate) {
    this.toRate = toRate;
  }

  Waveform convert(Waveform recording) {
    if (recording.sampleRate() == toRate) {
      return recording;
    }
    if (resampler == null || recording.sampleRate() != fromRate) {
      fromRate = recording.sampleRate();
      resampler = new Resampler(fromRate, toRate);
    }
    return new Waveform(resampler.apply(recording.samples()), toRate);
  }
}
