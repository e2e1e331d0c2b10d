package affetto.dsp;

import java.util.Arrays;

/**
 * Where the magnitudes of a frame lie on the scale of frequency: their mean, the centroid; their
 * deviation from it, the bandwidth; and the roll-off, up to which a given share of them lies. All
 * are 0 for digital silence.
 *
 * <p>One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.feature.spectral_centroid.html">
 *     librosa.feature.spectral_centroid 0.11</a>
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.feature.spectral_bandwidth.html">
 *     librosa.feature.spectral_bandwidth 0.11 with p=2</a>
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.feature.spectral_rolloff.html">
 *     librosa.feature.spectral_rolloff 0.11</a>
 */
public final class SpectralShape {
  private final double hzPerBin;
  private final double rollPercent;
  private final double[] magnitude = new double[Stft.BLOCK];
  private final double[] firstMoment = new double[Stft.BLOCK];
  private final double[] secondMoment = new double[Stft.BLOCK];

  /** The sums of the magnitudes up to each bin. */
  private final double[][] sums;

  /**
   * Makes the buffers.
   *
   * @param sampleRate samples per second
   * @param nFft size of the transform whose {@code 1 + nFft / 2} bins come in
   * @param rollPercent share of the magnitudes that the roll-off encloses, between 0 and 1
   */
  public SpectralShape(double sampleRate, int nFft, double rollPercent) {
    if (!(rollPercent > 0 && rollPercent < 1)) {
      throw new IllegalArgumentException("rollPercent must be between 0 and 1, was " + rollPercent);
    }
    hzPerBin = sampleRate / nFft;
    this.rollPercent = rollPercent;
    sums = new double[1 + nFft / 2][Stft.BLOCK];
  }

  /**
   * Describes frames.
   *
   * @param spectra at most {@link Stft#BLOCK} frames
   * @param centroidHz receives the centroids, from 0 to half the sample rate
   * @param bandwidthHz receives the bandwidths, from 0 to a quarter of the sample rate
   * @param rolloffHz receives the roll-offs, each the frequency of a bin
   * @param at where in these the first frame goes
   */
  public void apply(
      Spectra spectra, double[] centroidHz, double[] bandwidthHz, double[] rolloffHz, int at) {
    sum(spectra);
    double[] total = sums[sums.length - 1];
    for (int t = 0; t < spectra.frames(); t++) {
      double scale = total[t] < Float.MIN_NORMAL ? 0 : 1 / total[t];
      double centre = firstMoment[t] * scale;
      double variance = secondMoment[t] * scale - centre * centre;
      centroidHz[at + t] = hzPerBin * centre;
      bandwidthHz[at + t] = hzPerBin * Math.sqrt(Math.max(0, variance));
      rolloffHz[at + t] = hzPerBin * binThatReaches(rollPercent * total[t], t);
    }
  }

  private void sum(Spectra spectra) {
    int frames = spectra.frames();
    Arrays.fill(firstMoment, 0, frames, 0);
    Arrays.fill(secondMoment, 0, frames, 0);
    spectra.magnitude(0, sums[0]);
    for (int k = 1; k < sums.length; k++) {
      spectra.magnitude(k, magnitude);
      sum(sums[k - 1], magnitude, sums[k], frames);
      addMoments(magnitude, k, firstMoment, secondMoment, frames);
    }
  }

  private static void sum(double[] a, double[] b, double[] sum, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] = a[i] + b[i];
    }
  }

  private static void addMoments(double[] a, double bin, double[] first, double[] second, int n) {
    for (int i = 0; i < n; i++) {
      double moment = bin * a[i];
      first[i] += moment;
      second[i] += bin * moment;
    }
  }

  /** The first bin at which the sum of a frame's magnitudes is not below a threshold. */
  private int binThatReaches(double threshold, int t) {
    int below = -1;
    int reaches = sums.length - 1;
    while (reaches - below > 1) {
      int middle = (below + reaches) >>> 1;
      if (sums[middle][t] < threshold) {
        below = middle;
      } else {
        reaches = middle;
      }
    }
    return reaches;
  }
}
