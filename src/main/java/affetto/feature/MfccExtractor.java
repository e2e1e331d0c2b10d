package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.Dct;
import affetto.dsp.Delta;
import affetto.dsp.Rows;
import affetto.dsp.Workbench;

/** Computes {@link MfccSet}. */
final class MfccExtractor implements FeatureExtractor {
  private final MfccSet set;
  private final Workbench bench;
  private final LogMelFrames frames;
  private final Dct dct;
  private final Delta first = new Delta(MfccSet.DELTA_WIDTH, 1);
  private final Delta second = new Delta(MfccSet.DELTA_WIDTH, 2);
  private double[][] cepstrum;
  private double[] slope = new double[0];
  private final float[][] rows;

  MfccExtractor(MfccSet set, Workbench bench) {
    this.set = set;
    this.bench = bench;
    frames = new LogMelFrames(MfccSet.MELS, set.options(), bench);
    dct = new Dct(MfccSet.MELS, set.coefficients());
    cepstrum = new double[set.coefficients()][0];
    rows = new float[3 * set.coefficients()][];
  }

  @Override
  public Waveform load(Waveform recording) {
    return Clips.resampled(recording, FrameOptions.SAMPLE_RATE, bench);
  }

  @Override
  public FeatureMatrix extract(Waveform clip) {
    Clips.check(clip, FrameOptions.SAMPLE_RATE);
    int count = frames.frames(clip.samples());
    int n = set.coefficients();
    float[] values = new float[Math.multiplyExact(count, 3 * n)];
    if (slope.length < count) {
      cepstrum = new double[n][count];
      slope = new double[count];
    }
    dct.apply(frames.of(clip.samples()), count, cepstrum);
    for (int i = 0; i < n; i++) {
      rows[i] = narrow(cepstrum[i], count);
      first.apply(cepstrum[i], count, slope);
      rows[n + i] = narrow(slope, count);
      second.apply(cepstrum[i], count, slope);
      rows[2 * n + i] = narrow(slope, count);
    }
    if (set.options().normalised()) {
      Normalisation.apply(rows, count);
    }
    Rows.gather(rows, values, 0, count);
    return Clips.finite(values, count, 3 * n);
  }

  private static float[] narrow(double[] values, int count) {
    float[] floats = new float[count];
    for (int t = 0; t < count; t++) {
      floats[t] = (float) values[t];
    }
    return floats;
  }
}
