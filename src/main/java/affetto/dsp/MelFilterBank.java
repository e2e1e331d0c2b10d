package affetto.dsp;

/**
 * Triangular filters of equal area at equal steps of mel, stored without their zeros.
 *
 * <p>Immutable; may be shared.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.filters.mel.html">
 *     librosa.filters.mel 0.11 with htk=False, norm='slaney'</a>
 */
public final class MelFilterBank {
  private final int[] first;
  private final float[][] weights;

  /**
   * Makes the filters.
   *
   * @param sampleRate samples per second
   * @param nFft size of the transform whose {@code 1 + nFft / 2} bins come in
   * @param nMels number of bands
   * @param fMinHz lower edge of the lowest band
   * @param fMaxHz upper edge of the highest band, at most half the sample rate
   */
  public MelFilterBank(double sampleRate, int nFft, int nMels, double fMinHz, double fMaxHz) {
    if (nMels < 1 || fMinHz < 0 || fMaxHz <= fMinHz || fMaxHz > sampleRate / 2) {
      throw new IllegalArgumentException(
          "no %d bands from %s to %s Hz at a sample rate of %s"
              .formatted(nMels, fMinHz, fMaxHz, sampleRate));
    }
    double[] edges = MelScale.frequencies(nMels + 2, fMinHz, fMaxHz);
    first = new int[nMels];
    weights = new float[nMels][];
    int bins = 1 + nFft / 2;
    for (int band = 0; band < nMels; band++) {
      double low = edges[band];
      double middle = edges[band + 1];
      double high = edges[band + 2];
      int from = 0;
      while (from < bins && from * sampleRate / nFft <= low) {
        from++;
      }
      int to = from;
      while (to < bins && to * sampleRate / nFft < high) {
        to++;
      }
      first[band] = from;
      weights[band] = new float[to - from];
      for (int k = from; k < to; k++) {
        double hz = k * sampleRate / nFft;
        double height = Math.min((hz - low) / (middle - low), (high - hz) / (high - middle));
        weights[band][k - from] = (float) (Math.max(0, height) * 2 / (high - low));
      }
    }
  }

  /** Number of bands. */
  public int bands() {
    return first.length;
  }

  /**
   * Filters one frame.
   *
   * @param power power by bin, shape [1 + nFft / 2]
   * @param out receives the bands
   * @param offset where in {@code out} the first band goes
   */
  public void apply(float[] power, float[] out, int offset) {
    for (int band = 0; band < first.length; band++) {
      float[] weight = weights[band];
      int from = first[band];
      double sum = 0;
      for (int k = 0; k < weight.length; k++) {
        sum += (double) weight[k] * power[from + k];
      }
      out[offset + band] = (float) sum;
    }
  }

  /** The filter of a band with its zeros, shape [1 + nFft / 2]. */
  public float[] filter(int band, int bins) {
    float[] dense = new float[bins];
    System.arraycopy(weights[band], 0, dense, first[band], weights[band].length);
    return dense;
  }
}
