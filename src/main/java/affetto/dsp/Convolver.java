package affetto.dsp;

import java.util.Arrays;

/**
 * Convolution with long kernels, block by block in the spectrum: signal and kernel are both cut
 * into blocks of one length, so that neither tables nor buffers grow with the signal.
 *
 * <p>One instance per thread.
 *
 * @see <a href="https://doi.org/10.1145/1464182.1464209">Stockham, "High-speed convolution and
 *     correlation", 1966</a>
 */
public final class Convolver {
  private static final int BLOCK = 4096;

  private final Fft fft = new Fft(2 * BLOCK);
  private final double[] samples = new double[2 * BLOCK];

  private static final class Spectrum {
    final double[] re;
    final double[] im;

    Spectrum(int bins) {
      re = new double[bins];
      im = new double[bins];
    }

    void clear() {
      Arrays.fill(re, 0);
      Arrays.fill(im, 0);
    }

    void addProduct(Spectrum a, Spectrum b) {
      for (int k = 0; k < re.length; k++) {
        re[k] += a.re[k] * b.re[k] - a.im[k] * b.im[k];
        im[k] += a.re[k] * b.im[k] + a.im[k] * b.re[k];
      }
    }
  }

  /**
   * Convolves a signal, {@code out[i] = sum over j of kernel[j] * signal[i + delay - j]}.
   *
   * @param signal shape [n], zeros beyond its ends; left unchanged
   * @param kernel shape [m], at least 1; left unchanged
   * @param delay samples that are left out at the beginning, at least 0: half the length of a
   *     kernel that is symmetric, so that it does not delay
   * @return shape [n]
   */
  public float[] apply(float[] signal, double[] kernel, int delay) {
    float[] out = new float[signal.length];
    int blocks = blocks(signal.length + delay);
    Spectrum[] parts = new Spectrum[Math.min(blocks, blocks(kernel.length))];
    Spectrum[] past = new Spectrum[parts.length];
    for (int p = 0; p < parts.length; p++) {
      parts[p] = kernelPart(kernel, p * BLOCK);
      past[p] = new Spectrum(fft.bins());
    }
    Spectrum sum = new Spectrum(fft.bins());
    for (int b = 0; b < blocks; b++) {
      forward(signal, (b - 1) * BLOCK, past[b % past.length]);
      sum.clear();
      for (int p = 0; p < Math.min(parts.length, b + 1); p++) {
        sum.addProduct(parts[p], past[(b - p) % past.length]);
      }
      fft.inverse(sum.re, sum.im, samples);
      // The first half is what wrapped around.
      int first = b * BLOCK - delay;
      for (int i = Math.max(0, -first); i < BLOCK && first + i < out.length; i++) {
        out[first + i] = (float) samples[BLOCK + i];
      }
    }
    return out;
  }

  /** How many blocks hold so many samples. */
  private static int blocks(int samples) {
    return (samples + BLOCK - 1) / BLOCK;
  }

  private Spectrum kernelPart(double[] kernel, int from) {
    Arrays.fill(samples, 0);
    System.arraycopy(kernel, from, samples, 0, Math.min(BLOCK, kernel.length - from));
    Spectrum part = new Spectrum(fft.bins());
    fft.forward(samples, part.re, part.im);
    return part;
  }

  /** Transforms two blocks of the signal from a time on, which may be before its first sample. */
  private void forward(float[] signal, int from, Spectrum spectrum) {
    for (int i = 0; i < samples.length; i++) {
      int at = from + i;
      samples[i] = at >= 0 && at < signal.length ? signal[at] : 0;
    }
    fft.forward(samples, spectrum.re, spectrum.im);
  }
}
