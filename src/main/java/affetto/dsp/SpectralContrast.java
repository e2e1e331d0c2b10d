package affetto.dsp;

import java.util.Arrays;

/**
 * How far the peaks of a frame rise above its valleys, in bands of an octave: the mean of the
 * largest magnitudes of a band over the mean of its smallest ones. Large for tones, small for
 * noise, 0 for digital silence.
 *
 * <p>Magnitudes go into the logarithm as if they were powers, and no level lies more than 80 dB
 * below the clip's highest of its kind: so the original has it. Hence the two steps: {@link #apply}
 * finds peaks and valleys block by block, {@link #toDecibels} compares those of a whole clip.
 *
 * <p>One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.feature.spectral_contrast.html">
 *     librosa.feature.spectral_contrast 0.11 with linear=False</a>
 * @see <a href="https://doi.org/10.1109/ICME.2002.1035731">Jiang et al. 2002, Music type
 *     classification by spectral contrast feature</a>
 */
public final class SpectralContrast {
  private static final double TOP_DB = 80;

  private final Band[] bands;
  private final double[] power = new double[Stft.BLOCK];
  private final double[] passing = new double[Stft.BLOCK];
  private final double[][] extremes;

  /** Bins of a band, and how many of its largest and smallest magnitudes count. */
  private record Band(int first, int last, int extremes) {}

  /**
   * Fixes the bands: the first from 0 Hz to fMinHz, then octave by octave, the last up to half the
   * sample rate.
   *
   * @param sampleRate samples per second
   * @param nFft size of the transform whose {@code 1 + nFft / 2} bins come in
   * @param fMinHz upper edge of the first band
   * @param nBands number of bands beside the first, at least 1
   * @param quantile share of a band's magnitudes that is a peak, and share that is a valley,
   *     between 0 and 1; but one of each at least. Time grows with it, and storage
   */
  public SpectralContrast(double sampleRate, int nFft, double fMinHz, int nBands, double quantile) {
    if (!(fMinHz > 0 && nBands >= 1 && fMinHz * Math.pow(2, nBands - 1) < sampleRate / 2)) {
      throw new IllegalArgumentException(
          "no %d octaves from %s Hz at a sample rate of %s".formatted(nBands, fMinHz, sampleRate));
    }
    if (!(quantile > 0 && quantile < 1)) {
      throw new IllegalArgumentException("quantile must be between 0 and 1, was " + quantile);
    }
    bands = new Band[nBands + 1];
    int most = 0;
    for (int band = 0; band <= nBands; band++) {
      double lowHz = band == 0 ? 0 : fMinHz * Math.pow(2, band - 1);
      double highHz = band == nBands ? sampleRate / 2 : fMinHz * Math.pow(2, band);
      bands[band] = band(band, lowHz * nFft / sampleRate, highHz * nFft / sampleRate, quantile);
      most = Math.max(most, bands[band].extremes);
    }
    extremes = new double[2 * most][Stft.BLOCK];
  }

  /** The bin below each band belongs to it, and the last one belongs only to the next. */
  private Band band(int number, double low, double high, double quantile) {
    int first = (int) Math.ceil(low) - (number == 0 ? 0 : 1);
    int last = (int) Math.floor(high);
    int extremes = (int) Math.max(1, Math.rint(quantile * (last - first + 1)));
    if (number < bands.length - 1) {
      last--;
    }
    if (last < first) {
      throw new IllegalArgumentException("band " + number + " holds no frequency");
    }
    return new Band(first, last, extremes);
  }

  /** Number of bands, the first one among them. */
  public int bands() {
    return bands.length;
  }

  /**
   * Finds peaks and valleys.
   *
   * @param spectra at most {@link Stft#BLOCK} frames
   * @param peaks receives mean magnitudes, shape [bands x at least at + frames]
   * @param valleys likewise
   * @param at where in their rows the first frame goes
   */
  public void apply(Spectra spectra, double[][] peaks, double[][] valleys, int at) {
    for (int i = 0; i < bands.length; i++) {
      Band band = bands[i];
      clear(band.extremes, spectra.frames());
      for (int k = band.first; k <= band.last; k++) {
        spectra.power(k, power);
        sort(band.extremes, spectra.frames());
      }
      meanMagnitude(0, band.extremes, peaks[i], at, spectra.frames());
      meanMagnitude(band.extremes, band.extremes, valleys[i], at, spectra.frames());
    }
  }

  private void clear(int count, int frames) {
    for (int i = 0; i < count; i++) {
      Arrays.fill(extremes[i], 0, frames, 0);
      Arrays.fill(extremes[count + i], 0, frames, Double.POSITIVE_INFINITY);
    }
  }

  /** Puts the powers where they belong among the largest so far, and among the smallest. */
  private void sort(int count, int frames) {
    System.arraycopy(power, 0, passing, 0, frames);
    for (int i = 0; i < count; i++) {
      keepLarger(extremes[i], passing, frames);
      keepSmaller(extremes[count + i], power, frames);
    }
  }

  private static void keepLarger(double[] kept, double[] passing, int n) {
    for (int i = 0; i < n; i++) {
      double a = kept[i];
      double b = passing[i];
      kept[i] = Math.max(a, b);
      passing[i] = Math.min(a, b);
    }
  }

  private static void keepSmaller(double[] kept, double[] passing, int n) {
    for (int i = 0; i < n; i++) {
      double a = kept[i];
      double b = passing[i];
      kept[i] = Math.min(a, b);
      passing[i] = Math.max(a, b);
    }
  }

  private void meanMagnitude(int first, int count, double[] mean, int at, int frames) {
    for (int t = 0; t < frames; t++) {
      double sum = 0;
      for (int i = first; i < first + count; i++) {
        sum += Math.sqrt(extremes[i][t]);
      }
      mean[at + t] = sum / count;
    }
  }

  /**
   * Turns the peaks and valleys of a whole clip to contrasts, in place.
   *
   * @param peaks mean magnitudes, shape [bands x at least frames]; receives the contrasts in dB
   * @param valleys likewise; spoilt
   * @param frames number of frames
   */
  public static void toDecibels(double[][] peaks, double[][] valleys, int frames) {
    levels(peaks, frames);
    levels(valleys, frames);
    for (int band = 0; band < peaks.length; band++) {
      for (int t = 0; t < frames; t++) {
        peaks[band][t] -= valleys[band][t];
      }
    }
  }

  private static void levels(double[][] rows, int frames) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double[] row : rows) {
      for (int t = 0; t < frames; t++) {
        row[t] = Decibels.exactly(Math.max(Decibels.MIN_POWER, row[t]));
        highest = Math.max(highest, row[t]);
      }
    }
    for (double[] row : rows) {
      for (int t = 0; t < frames; t++) {
        row[t] = Math.max(highest - TOP_DB, row[t]);
      }
    }
  }
}
