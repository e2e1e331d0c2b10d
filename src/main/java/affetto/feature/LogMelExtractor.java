package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.Decibels;
import affetto.dsp.MelFilterBank;
import affetto.dsp.Rows;
import affetto.dsp.Stft;
import affetto.dsp.Workbench;

/** Computes {@link LogMelSet}. */
final class LogMelExtractor implements FeatureExtractor {
  private final Workbench bench;
  private final Stft stft;
  private final MelFilterBank melBank =
      new MelFilterBank(
          LogMelSet.SAMPLE_RATE,
          LogMelSet.N_FFT,
          LogMelSet.MELS,
          LogMelSet.F_MIN_HZ,
          LogMelSet.F_MAX_HZ);
  private final float[] power = new float[Stft.BLOCK];
  private final float[][] bands = new float[LogMelSet.MELS][Stft.BLOCK];

  LogMelExtractor(Workbench bench) {
    this.bench = bench;
    stft = bench.stft(LogMelSet.N_FFT, LogMelSet.HOP_LENGTH, LogMelSet.WIN_LENGTH);
  }

  @Override
  public Waveform load(Waveform recording) {
    return Clips.resampled(recording, LogMelSet.SAMPLE_RATE, bench);
  }

  @Override
  public FeatureMatrix extract(Waveform clip) {
    Clips.check(clip, LogMelSet.SAMPLE_RATE);
    int frames = stft.frames(clip.samples().length);
    float[] values = new float[Math.multiplyExact(frames, LogMelSet.MELS)];
    float loudest = Float.NEGATIVE_INFINITY;
    for (int first = 0; first < frames; first += Stft.BLOCK) {
      int count = Math.min(Stft.BLOCK, frames - first);
      melBank.apply(stft.transform(clip.samples(), first, count), power, bands);
      for (float[] band : bands) {
        loudest = Math.max(loudest, Decibels.ofPower(band, count));
      }
      Rows.gather(bands, values, first * LogMelSet.MELS, count);
    }
    Decibels.atLeast(values, (float) (loudest - LogMelSet.TOP_DB));
    return new FeatureMatrix(values, frames, LogMelSet.MELS);
  }
}
