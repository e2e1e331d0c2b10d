package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.Decibels;
import affetto.dsp.PitchTrack;
import affetto.dsp.Pyin;
import affetto.dsp.Workbench;

/** Computes {@link ProsodySet}. */
final class ProsodyExtractor implements FeatureExtractor {
  private final Workbench bench;
  private final Pyin pyin = new Pyin(ProsodySet.PITCH);
  private final PitchStatistics pitch = new PitchStatistics();
  private final VoiceQuality voiceQuality = new VoiceQuality();
  private final SpectralStatistics spectra;
  private final FrameStatistics frames =
      new FrameStatistics(ProsodySet.WIN_LENGTH, ProsodySet.HOP_LENGTH);

  ProsodyExtractor(Workbench bench) {
    this.bench = bench;
    spectra =
        new SpectralStatistics(
            bench.stft(ProsodySet.N_FFT, ProsodySet.HOP_LENGTH, ProsodySet.WIN_LENGTH));
  }

  @Override
  public Waveform load(Waveform recording) {
    return Clips.resampled(recording, ProsodySet.SAMPLE_RATE, bench);
  }

  @Override
  public FeatureMatrix extract(Waveform clip) {
    Clips.check(clip, ProsodySet.SAMPLE_RATE);
    float[] samples = clip.samples();
    ProsodyRow row = new ProsodyRow();
    PitchTrack track = pyin.track(samples);
    pitch.describe(track, clip.duration(), row);
    voiceQuality.describe(samples, track, row);
    spectra.describe(samples, track, clip.duration(), row);
    row.set(ProsodyFeature.RMS_MEAN, frames.meanRms(samples));
    row.set(
        ProsodyFeature.EQUIVALENT_SOUND_LEVEL_DBP, Decibels.ofPower((float) meanPower(samples)));
    return row.toMatrix();
  }

  private static double meanPower(float[] samples) {
    double energy = 0;
    for (float sample : samples) {
      energy += (double) sample * sample;
    }
    return energy / samples.length;
  }
}
