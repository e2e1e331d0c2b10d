package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.Decibels;
import affetto.dsp.MelFilterBank;
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
  private final double[] re;
  private final double[] im;
  private final float[] power;

  LogMelExtractor(Workbench bench) {
    this.bench = bench;
    stft = bench.stft(LogMelSet.N_FFT, LogMelSet.HOP_LENGTH, LogMelSet.WIN_LENGTH);
    re = new double[stft.bins()];
    im = new double[stft.bins()];
    power = new float[stft.bins()];
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
    for (int t = 0; t < frames; t++) {
      stft.frame(clip.samples(), t, re, im);
      for (int k = 0; k < power.length; k++) {
        power[k] = (float) (re[k] * re[k] + im[k] * im[k]);
      }
      melBank.apply(power, values, t * LogMelSet.MELS);
    }
    Decibels.ofPower(values, values.length, LogMelSet.TOP_DB);
    return new FeatureMatrix(values, frames, LogMelSet.MELS);
  }
}
