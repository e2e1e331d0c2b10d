package affetto.feature;

import affetto.dsp.Loudness;
import affetto.dsp.PitchTrack;
import affetto.dsp.Rows;
import affetto.dsp.Spectra;
import affetto.dsp.SpectralBalance;
import affetto.dsp.Stft;

/** What {@link ProsodySet} says of loudness and of the spectrum. */
final class SpectralStatistics {
  private static final int FLUX_BINS =
      (int) (SpectralBalance.F_MAX_HZ * ProsodySet.N_FFT / ProsodySet.SAMPLE_RATE) + 1;

  private final Stft stft;
  private final Loudness loudness = new Loudness(ProsodySet.SAMPLE_RATE, ProsodySet.N_FFT);
  private final SpectralBalance balance =
      new SpectralBalance(ProsodySet.SAMPLE_RATE, ProsodySet.N_FFT);
  private final MovingAverage smoothing = new MovingAverage(ProsodySet.SMOOTHED_FRAMES);
  private final float[][] byBin;
  private final float[][] byFrame;
  private float[] power;
  private float[] powerBefore;

  SpectralStatistics(Stft stft) {
    this.stft = stft;
    byBin = new float[stft.bins()][Stft.BLOCK];
    byFrame = new float[Stft.BLOCK][stft.bins()];
    power = new float[stft.bins()];
    powerBefore = new float[stft.bins()];
  }

  /** The balances of the frames of one voicing. */
  private static final class Balances {
    final Series alpha = new Series();
    final Series hammarberg = new Series();
    final Series slopeTo500 = new Series();
    final Series slopeTo1500 = new Series();
    final Series flux = new Series();
  }

  void describe(float[] samples, PitchTrack track, double seconds, ProsodyRow row) {
    Balances voiced = new Balances();
    Balances unvoiced = new Balances();
    Series flux = new Series();
    double[] loudnesses = new double[track.frames()];
    for (int t = 0; t < track.frames(); t++) {
      nextPower(samples, t);
      loudnesses[t] = loudness.of(power);
      Balances balances = track.voiced()[t] ? voiced : unvoiced;
      addBalance(balances);
      if (t > 0) {
        double change = flux();
        flux.add(change);
        balances.flux.add(change);
      }
    }
    describeLoudness(loudnesses, seconds, row);
    row.set(ProsodyFeature.SPECTRAL_FLUX_MEAN, flux.mean());
    row.set(ProsodyFeature.SPECTRAL_FLUX_STDDEV_NORM, flux.stddevNorm());
    describeVoiced(voiced, row);
    describeUnvoiced(unvoiced, row);
  }

  /** Moves on to the power spectrum of a frame. */
  private void nextPower(float[] samples, int t) {
    float[] spare = powerBefore;
    powerBefore = power;
    power = spare;
    if (t % Stft.BLOCK == 0) {
      transform(samples, t);
    }
    System.arraycopy(byFrame[t % Stft.BLOCK], 0, power, 0, power.length);
  }

  private void transform(float[] samples, int first) {
    int count = Math.min(Stft.BLOCK, stft.frames(samples.length) - first);
    Spectra spectra = stft.transform(samples, first, count);
    for (int k = 0; k < byBin.length; k++) {
      spectra.power(k, byBin[k]);
    }
    Rows.transpose(byBin, 0, byBin.length, count, byFrame, 0);
  }

  /** Digital silence has no balance. */
  private void addBalance(Balances balances) {
    double sum = 0;
    for (float value : power) {
      sum += value;
    }
    if (sum > 0) {
      balances.alpha.add(balance.alphaRatioDb(power));
      balances.hammarberg.add(balance.hammarbergIndexDb(power));
      balances.slopeTo500.add(balance.slope(power, 0, 500));
      balances.slopeTo1500.add(balance.slope(power, 500, 1500));
    }
  }

  private double flux() {
    double squares = 0;
    for (int k = 0; k < FLUX_BINS; k++) {
      double change = Math.sqrt(power[k]) - Math.sqrt(powerBefore[k]);
      squares += change * change;
    }
    return Math.sqrt(squares / FLUX_BINS);
  }

  private void describeLoudness(double[] loudnesses, double seconds, ProsodyRow row) {
    double[] contour = smoothing.of(loudnesses);
    Series series = new Series();
    double lowest = Double.POSITIVE_INFINITY;
    double highest = 0;
    for (double value : contour) {
      series.add(value);
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    Moves moves =
        new Moves(
            ProsodySet.LOUDNESS_TURN_SHARE * (highest - lowest), ProsodySet.FRAMES_PER_SECOND);
    moves.add(contour);
    row.set(ProsodyFeature.LOUDNESS_MEAN, series.mean());
    row.set(ProsodyFeature.LOUDNESS_STDDEV_NORM, series.stddevNorm());
    double low = series.percentile(20);
    double high = series.percentile(80);
    row.set(ProsodyFeature.LOUDNESS_PERCENTILE_20, low);
    row.set(ProsodyFeature.LOUDNESS_PERCENTILE_50, series.percentile(50));
    row.set(ProsodyFeature.LOUDNESS_PERCENTILE_80, high);
    row.set(ProsodyFeature.LOUDNESS_PERCENTILE_RANGE_20_80, high - low);
    row.set(ProsodyFeature.LOUDNESS_MEAN_RISING_SLOPE, moves.rising().mean());
    row.set(ProsodyFeature.LOUDNESS_STDDEV_RISING_SLOPE, moves.rising().stddev());
    row.set(ProsodyFeature.LOUDNESS_MEAN_FALLING_SLOPE, moves.falling().mean());
    row.set(ProsodyFeature.LOUDNESS_STDDEV_FALLING_SLOPE, moves.falling().stddev());
    row.set(ProsodyFeature.LOUDNESS_PEAKS_PER_SEC, moves.peaks() / seconds);
  }

  private static void describeVoiced(Balances voiced, ProsodyRow row) {
    row.set(ProsodyFeature.ALPHA_RATIO_VOICED_MEAN, voiced.alpha.mean());
    row.set(ProsodyFeature.ALPHA_RATIO_VOICED_STDDEV, voiced.alpha.stddev());
    row.set(ProsodyFeature.HAMMARBERG_INDEX_VOICED_MEAN, voiced.hammarberg.mean());
    row.set(ProsodyFeature.HAMMARBERG_INDEX_VOICED_STDDEV, voiced.hammarberg.stddev());
    row.set(ProsodyFeature.SLOPE_VOICED_0_500_MEAN, voiced.slopeTo500.mean());
    row.set(ProsodyFeature.SLOPE_VOICED_0_500_STDDEV, voiced.slopeTo500.stddev());
    row.set(ProsodyFeature.SLOPE_VOICED_500_1500_MEAN, voiced.slopeTo1500.mean());
    row.set(ProsodyFeature.SLOPE_VOICED_500_1500_STDDEV, voiced.slopeTo1500.stddev());
    row.set(ProsodyFeature.SPECTRAL_FLUX_VOICED_MEAN, voiced.flux.mean());
    row.set(ProsodyFeature.SPECTRAL_FLUX_VOICED_STDDEV_NORM, voiced.flux.stddevNorm());
  }

  private static void describeUnvoiced(Balances unvoiced, ProsodyRow row) {
    row.set(ProsodyFeature.ALPHA_RATIO_UNVOICED_MEAN, unvoiced.alpha.mean());
    row.set(ProsodyFeature.HAMMARBERG_INDEX_UNVOICED_MEAN, unvoiced.hammarberg.mean());
    row.set(ProsodyFeature.SLOPE_UNVOICED_0_500_MEAN, unvoiced.slopeTo500.mean());
    row.set(ProsodyFeature.SLOPE_UNVOICED_500_1500_MEAN, unvoiced.slopeTo1500.mean());
    row.set(ProsodyFeature.SPECTRAL_FLUX_UNVOICED_MEAN, unvoiced.flux.mean());
  }
}
