package affetto.dsp;

import java.util.Arrays;

/**
 * How even the power of a frame is over the frequencies: the geometric mean over the arithmetic
 * one. Near 0 for tones, 0.56 for white noise, 1 for digital silence and for single impulses.
 *
 * <p>One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.feature.spectral_flatness.html">
 *     librosa.feature.spectral_flatness 0.11 with power=2, amin=1e-10</a>
 */
public final class SpectralFlatness {
  /** Powers whose logarithms are taken at once: for any finite sound their product is finite. */
  private static final int FACTORS = 3;

  private final double[] power = new double[Stft.BLOCK];
  private final double[] sum = new double[Stft.BLOCK];
  private final double[] product = new double[Stft.BLOCK];
  private final double[] decibels = new double[Stft.BLOCK];

  /**
   * Describes frames.
   *
   * @param spectra at most {@link Stft#BLOCK} frames; power below {@link Decibels#MIN_POWER} counts
   *     as this
   * @param flatness receives a value above 0, at most 1, for each frame
   * @param at where in it the first frame goes
   */
  public void apply(Spectra spectra, double[] flatness, int at) {
    int frames = spectra.frames();
    Arrays.fill(sum, 0, frames, 0);
    Arrays.fill(product, 0, frames, 1);
    Arrays.fill(decibels, 0, frames, 0);
    for (int k = 0; k < spectra.bins(); k++) {
      spectra.power(k, power);
      add(power, sum, product, frames);
      if ((k + 1) % FACTORS == 0) {
        takeLogarithms(frames);
      }
    }
    takeLogarithms(frames);
    for (int t = 0; t < frames; t++) {
      double geometric = Math.pow(10, decibels[t] / 10 / spectra.bins());
      flatness[at + t] = Math.min(1, geometric / (sum[t] / spectra.bins()));
    }
  }

  private static void add(double[] power, double[] sum, double[] product, int n) {
    for (int i = 0; i < n; i++) {
      double value = Math.max(Decibels.MIN_POWER, power[i]);
      sum[i] += value;
      product[i] *= value;
    }
  }

  private void takeLogarithms(int frames) {
    for (int t = 0; t < frames; t++) {
      decibels[t] += Decibels.exactly(product[t]);
      product[t] = 1;
    }
  }
}
