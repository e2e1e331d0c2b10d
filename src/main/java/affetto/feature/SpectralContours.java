package affetto.feature;

import affetto.dsp.Dct;
import affetto.dsp.Decibels;
import affetto.dsp.Delta;
import affetto.dsp.MelFilterBank;
import affetto.dsp.Spectra;
import affetto.dsp.SpectralContrast;
import affetto.dsp.SpectralFlatness;
import affetto.dsp.SpectralShape;
import affetto.dsp.Stft;
import affetto.dsp.Workbench;
import java.util.EnumMap;
import java.util.Map;

/** What {@link SpectralSet} follows from frame to frame; one transform serves all of it. */
final class SpectralContours {
  private final FrameStatistics statistics =
      new FrameStatistics(SpectralSet.N_FFT, SpectralSet.HOP_LENGTH);
  private final SpectralShape shape =
      new SpectralShape(SpectralSet.SAMPLE_RATE, SpectralSet.N_FFT, SpectralSet.ROLL_PERCENT);
  private final SpectralFlatness flatness = new SpectralFlatness();
  private final SpectralContrast contrast =
      new SpectralContrast(
          SpectralSet.SAMPLE_RATE,
          SpectralSet.N_FFT,
          SpectralSet.CONTRAST_F_MIN_HZ,
          SpectralFeature.SPECTRAL_CONTRAST.count() - 1,
          SpectralSet.CONTRAST_QUANTILE);
  private final MelFilterBank melBank =
      new MelFilterBank(
          SpectralSet.SAMPLE_RATE,
          SpectralSet.N_FFT,
          SpectralSet.MELS,
          0,
          SpectralSet.SAMPLE_RATE / 2.0);
  private final Dct dct = new Dct(SpectralSet.MELS, SpectralFeature.MFCC.count());
  private final Delta delta = new Delta(SpectralSet.DELTA_WIDTH, 1);
  private final Stft stft;
  private final float[] power = new float[Stft.BLOCK];
  private final float[][] bands = new float[SpectralSet.MELS][Stft.BLOCK];
  private final double[][] bandsDb = new double[SpectralSet.MELS][Stft.BLOCK];

  SpectralContours(Workbench bench) {
    stft = bench.stft(SpectralSet.N_FFT, SpectralSet.HOP_LENGTH, SpectralSet.N_FFT);
  }

  /**
   * Follows a clip.
   *
   * @return contours by feature, shape [count x frames] each
   */
  Map<SpectralFeature, double[][]> of(float[] samples) {
    int frames = stft.frames(samples.length);
    Map<SpectralFeature, double[][]> contours = new EnumMap<>(SpectralFeature.class);
    for (SpectralFeature feature : SpectralFeature.values()) {
      contours.put(feature, new double[feature.count()][frames]);
    }
    contours.get(SpectralFeature.ZCR)[0] = statistics.zeroCrossingRates(samples);
    contours.get(SpectralFeature.RMS)[0] = statistics.rootMeanSquares(samples);
    float[][] mels = new float[SpectralSet.MELS][frames];
    double[][] valleys = new double[contrast.bands()][frames];
    for (int first = 0; first < frames; first += Stft.BLOCK) {
      Spectra spectra = stft.transform(samples, first, Math.min(Stft.BLOCK, frames - first));
      describe(spectra, first, contours);
      contrast.apply(spectra, contours.get(SpectralFeature.SPECTRAL_CONTRAST), valleys, first);
      addMels(spectra, first, mels);
    }
    SpectralContrast.toDecibels(contours.get(SpectralFeature.SPECTRAL_CONTRAST), valleys, frames);
    toDecibels(mels, frames);
    addMfcc(mels, frames, contours);
    return contours;
  }

  private void describe(Spectra spectra, int first, Map<SpectralFeature, double[][]> contours) {
    shape.apply(
        spectra,
        contours.get(SpectralFeature.SPECTRAL_CENTROID)[0],
        contours.get(SpectralFeature.SPECTRAL_BANDWIDTH)[0],
        contours.get(SpectralFeature.SPECTRAL_ROLLOFF)[0],
        first);
    flatness.apply(spectra, contours.get(SpectralFeature.SPECTRAL_FLATNESS)[0], first);
  }

  private void addMels(Spectra spectra, int first, float[][] mels) {
    melBank.apply(spectra, power, bands);
    for (int band = 0; band < bands.length; band++) {
      System.arraycopy(bands[band], 0, mels[band], first, spectra.frames());
    }
  }

  private static void toDecibels(float[][] mels, int frames) {
    float loudest = Float.NEGATIVE_INFINITY;
    for (float[] mel : mels) {
      loudest = Math.max(loudest, Decibels.ofPower(mel, frames));
    }
    for (float[] mel : mels) {
      Decibels.atLeast(mel, (float) (loudest - SpectralSet.TOP_DB), frames);
    }
  }

  private void addMfcc(float[][] mels, int frames, Map<SpectralFeature, double[][]> contours) {
    double[][] mfcc = contours.get(SpectralFeature.MFCC);
    for (int first = 0; first < frames; first += Stft.BLOCK) {
      int count = Math.min(Stft.BLOCK, frames - first);
      for (int band = 0; band < mels.length; band++) {
        for (int t = 0; t < count; t++) {
          bandsDb[band][t] = mels[band][first + t];
        }
      }
      dct.apply(bandsDb, count, mfcc, first);
    }
    for (int i = 0; i < mfcc.length; i++) {
      delta.apply(mfcc[i], frames, contours.get(SpectralFeature.MFCC_DELTA)[i]);
    }
  }
}
