package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.Decibels;
import affetto.dsp.MelFilterBank;
import affetto.dsp.Stft;

/** Computes {@link LogMelSet}. */
final class LogMelExtractor implements FeatureExtractor {
  private final RateConverter converter = new RateConverter(LogMelSet.SAMPLE_RATE);
  private final Stft stft = new Stft(LogMelSet.N_FFT, LogMelSet.HOP_LENGTH, LogMelSet.WIN_LENGTH);
  private final MelFilterBank melBank =
      new MelFilterBank(
          LogMelSet.SAMPLE_RATE,
          LogMelSet.N_FFT,
          LogMelSet.MELS,
          LogMelSet.F_MIN_HZ,
          LogMelSet.F_MAX_HZ);
  private final double[] re = new double[stft.bins()];
  private final double[] im = new double[stft.bins()];
  private final float[] power = new float[stft.bins()];

  @Override
  public Waveform load(Waveform recording) {
    return converter.convert(recording);
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
