package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.ChromaFilterBank;
import affetto.dsp.Dct;
import affetto.dsp.Decibels;
import affetto.dsp.MelFilterBank;
import affetto.dsp.Stft;
import affetto.dsp.TuningEstimator;
import affetto.dsp.Workbench;
import java.util.Arrays;

/** Computes {@link RecipeSet}: one transform serves chroma, mel and MFCC. */
final class RecipeExtractor implements FeatureExtractor {
  private static final int CHROMA = 1;
  private static final int MFCC = CHROMA + ChromaFilterBank.CLASSES;
  private static final int RMS = MFCC + RecipeSet.MFCCS;
  private static final int MEL = RMS + 1;
  private static final int COUNT = MEL + RecipeSet.MELS;

  private final Workbench bench;
  private final FrameStatistics statistics =
      new FrameStatistics(RecipeSet.N_FFT, RecipeSet.HOP_LENGTH);
  private final Stft stft;
  private final MelFilterBank melBank =
      new MelFilterBank(
          RecipeSet.SAMPLE_RATE, RecipeSet.N_FFT, RecipeSet.MELS, 0, RecipeSet.SAMPLE_RATE / 2.0);
  private final TuningEstimator tuningEstimator =
      new TuningEstimator(RecipeSet.SAMPLE_RATE, RecipeSet.N_FFT);
  private final ChromaFilterBank[] chromaBanks = new ChromaFilterBank[TuningEstimator.STEPS];
  private final Dct dct = new Dct(RecipeSet.MELS, RecipeSet.MFCCS);
  private final double[] re;
  private final double[] im;
  private final float[] power;
  private final double[] chroma = new double[ChromaFilterBank.CLASSES];
  private final double[] mfcc = new double[RecipeSet.MFCCS];
  private final double[] melMeans = new double[RecipeSet.MELS];
  private float[] magnitudes = new float[0];
  private float[] mels = new float[0];

  RecipeExtractor(Workbench bench) {
    this.bench = bench;
    stft = bench.stft(RecipeSet.N_FFT, RecipeSet.HOP_LENGTH, RecipeSet.N_FFT);
    re = new double[stft.bins()];
    im = new double[stft.bins()];
    power = new float[stft.bins()];
  }

  /** Crops at the recording's own rate and then resamples, as librosa.load does. */
  @Override
  public Waveform load(Waveform recording) {
    int rate = recording.sampleRate();
    int length = recording.samples().length;
    int from = Math.min(length, (int) (RecipeSet.OFFSET_S * rate));
    int to = (int) Math.min(length, from + (long) (RecipeSet.DURATION_S * rate));
    float[] samples = Arrays.copyOfRange(recording.samples(), from, to);
    return Clips.resampled(new Waveform(samples, rate), RecipeSet.SAMPLE_RATE, bench);
  }

  @Override
  public FeatureMatrix extract(Waveform clip) {
    Clips.check(clip, RecipeSet.SAMPLE_RATE);
    float[] samples = clip.samples();
    int frames = stft.frames(samples.length);
    float[] row = new float[COUNT];
    row[0] = (float) statistics.meanZeroCrossingRate(samples);
    row[RMS] = (float) statistics.meanRms(samples);
    transform(samples, frames);
    meanChroma(frames, row);
    means(mels, frames, melMeans);
    for (int i = 0; i < melMeans.length; i++) {
      row[MEL + i] = (float) melMeans[i];
    }
    meanMfcc(frames, row);
    return new FeatureMatrix(row, 1, COUNT);
  }

  /** Fills the magnitudes and the mel bands of all frames. */
  private void transform(float[] samples, int frames) {
    int bins = stft.bins();
    if (mels.length < frames * RecipeSet.MELS) {
      magnitudes = new float[frames * bins];
      mels = new float[frames * RecipeSet.MELS];
    }
    for (int t = 0; t < frames; t++) {
      stft.frame(samples, t, re, im);
      int offset = t * bins;
      for (int k = 0; k < bins; k++) {
        double square = re[k] * re[k] + im[k] * im[k];
        power[k] = (float) square;
        magnitudes[offset + k] = (float) Math.sqrt(square);
      }
      melBank.apply(power, mels, t * RecipeSet.MELS);
    }
  }

  /** Each frame is scaled to a largest class of 1 before the mean; a silent one stays zero. */
  private void meanChroma(int frames, float[] row) {
    ChromaFilterBank bank = chromaBank(tuningEstimator.step(magnitudes, frames));
    double[] sums = new double[chroma.length];
    for (int t = 0; t < frames; t++) {
      bank.apply(magnitudes, t * stft.bins(), chroma);
      double largest = 0;
      for (double value : chroma) {
        largest = Math.max(largest, value);
      }
      double scale = largest < Float.MIN_NORMAL ? 1 : 1 / largest;
      for (int c = 0; c < chroma.length; c++) {
        sums[c] += chroma[c] * scale;
      }
    }
    for (int c = 0; c < chroma.length; c++) {
      row[CHROMA + c] = (float) (sums[c] / frames);
    }
  }

  private ChromaFilterBank chromaBank(int step) {
    if (chromaBanks[step] == null) {
      chromaBanks[step] =
          new ChromaFilterBank(
              RecipeSet.SAMPLE_RATE, RecipeSet.N_FFT, TuningEstimator.tuning(step));
    }
    return chromaBanks[step];
  }

  /** The transform is linear, so the mean of the MFCC is the MFCC of the mean; spoils the mels. */
  private void meanMfcc(int frames, float[] row) {
    Decibels.ofPower(mels, frames * RecipeSet.MELS, RecipeSet.TOP_DB);
    means(mels, frames, melMeans);
    dct.apply(melMeans, mfcc);
    for (int i = 0; i < mfcc.length; i++) {
      row[MFCC + i] = (float) mfcc[i];
    }
  }

  private static void means(float[] values, int frames, double[] out) {
    Arrays.fill(out, 0);
    for (int t = 0; t < frames; t++) {
      int offset = t * out.length;
      for (int i = 0; i < out.length; i++) {
        out[i] += values[offset + i];
      }
    }
    for (int i = 0; i < out.length; i++) {
      out[i] /= frames;
    }
  }
}
