package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.ChromaFilterBank;
import affetto.dsp.Dct;
import affetto.dsp.Decibels;
import affetto.dsp.MelFilterBank;
import affetto.dsp.Rows;
import affetto.dsp.Spectra;
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
  private final TuningEstimator tuning =
      new TuningEstimator(RecipeSet.SAMPLE_RATE, RecipeSet.N_FFT);
  private final ChromaFilterBank[] chromaBanks = new ChromaFilterBank[TuningEstimator.STEPS];
  private final Dct dct = new Dct(RecipeSet.MELS, RecipeSet.MFCCS);
  private final float[] power = new float[Stft.BLOCK];
  private final float[][] magnitudes;
  private final float[][] bands = new float[RecipeSet.MELS][Stft.BLOCK];
  private final float[][] chroma = new float[ChromaFilterBank.CLASSES][Stft.BLOCK];
  private final double[] melDb = new double[RecipeSet.MELS];
  private final double[] mfcc = new double[RecipeSet.MFCCS];
  private float[][] mels = new float[RecipeSet.MELS][0];

  RecipeExtractor(Workbench bench) {
    this.bench = bench;
    stft = bench.stft(RecipeSet.N_FFT, RecipeSet.HOP_LENGTH, RecipeSet.N_FFT);
    magnitudes = new float[stft.bins()][Stft.BLOCK];
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
    meanChroma(samples, frames, row);
    meanMel(frames, row);
    meanMfcc(frames, row);
    return Clips.finite(row, 1, COUNT);
  }

  /** Fills the mel bands of all frames and collects the peaks that tell the tuning. */
  private void transform(float[] samples, int frames) {
    if (mels[0].length < frames) {
      mels = new float[RecipeSet.MELS][frames];
    }
    tuning.begin();
    for (int first = 0; first < frames; first += Stft.BLOCK) {
      int count = Math.min(Stft.BLOCK, frames - first);
      Rows.clear(bands, count);
      transform(samples, first, count);
      for (int band = 0; band < bands.length; band++) {
        System.arraycopy(bands[band], 0, mels[band], first, count);
      }
      tuning.add(magnitudes, count);
    }
  }

  /** Fills the magnitudes of a block of frames, and adds its powers to the bands. */
  private void transform(float[] samples, int first, int count) {
    Spectra spectra = stft.transform(samples, first, count);
    for (int k = 0; k < spectra.bins(); k++) {
      spectra.power(k, power);
      melBank.add(k, power, bands, count);
      Rows.squareRoot(power, magnitudes[k], count);
    }
  }

  /** Each frame is scaled to a largest class of 1 before the mean; a silent one stays zero. */
  private void meanChroma(float[] samples, int frames, float[] row) {
    ChromaFilterBank bank = chromaBank(tuning.step());
    double[] sums = new double[chroma.length];
    for (int first = 0; first < frames; first += Stft.BLOCK) {
      int count = Math.min(Stft.BLOCK, frames - first);
      if (frames > Stft.BLOCK) {
        // The tuning is known only at the end, and only one block's magnitudes are kept.
        transform(samples, first, count);
      }
      bank.apply(magnitudes, chroma, count);
      addScaled(count, sums);
    }
    for (int c = 0; c < chroma.length; c++) {
      row[CHROMA + c] = (float) (sums[c] / frames);
    }
  }

  private void addScaled(int count, double[] sums) {
    Arrays.fill(power, 0, count, 0);
    for (float[] pitchClass : chroma) {
      Rows.largest(power, pitchClass, count);
    }
    for (int t = 0; t < count; t++) {
      power[t] = power[t] < Float.MIN_NORMAL ? 1 : 1 / power[t];
    }
    for (int c = 0; c < chroma.length; c++) {
      for (int t = 0; t < count; t++) {
        sums[c] += chroma[c][t] * power[t];
      }
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

  private void meanMel(int frames, float[] row) {
    for (int band = 0; band < mels.length; band++) {
      double sum = 0;
      for (int t = 0; t < frames; t++) {
        sum += mels[band][t];
      }
      row[MEL + band] = (float) (sum / frames);
    }
  }

  /** The transform is linear, so the mean of the MFCC is the MFCC of the mean. */
  private void meanMfcc(int frames, float[] row) {
    float loudest = Decibels.MIN_POWER;
    for (float[] band : mels) {
      for (int t = 0; t < frames; t++) {
        loudest = Math.max(loudest, band[t]);
      }
    }
    float least = (float) (loudest * Math.pow(10, -RecipeSet.TOP_DB / 10));
    for (int band = 0; band < mels.length; band++) {
      melDb[band] = Decibels.mean(mels[band], frames, Math.max(Decibels.MIN_POWER, least));
    }
    dct.apply(melDb, mfcc);
    for (int i = 0; i < mfcc.length; i++) {
      row[MFCC + i] = (float) mfcc[i];
    }
  }
}
