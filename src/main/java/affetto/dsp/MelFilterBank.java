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
  private final int bands;
  private final int[] lowest;
  private final float[] falling;
  private final float[] rising;

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
    bands = nMels;
    int bins = 1 + nFft / 2;
    lowest = new int[bins];
    falling = new float[bins];
    rising = new float[bins];
    double[] edges = MelScale.frequencies(nMels + 2, fMinHz, fMaxHz);
    int edge = 0;
    for (int k = 0; k < bins; k++) {
      double hz = k * sampleRate / nFft;
      while (edge < edges.length && edges[edge] <= hz) {
        edge++;
      }
      // Between edges i - 1 and i falls the triangle i - 2 and rises the triangle i - 1.
      lowest[k] = edge - 2;
      if (edge > 1 && edge < edges.length) {
        falling[k] = (float) (slope(hz, edges[edge], edges[edge - 1]) * area(edges, edge - 2));
      }
      if (edge > 0 && edge < edges.length - 1) {
        rising[k] = (float) (slope(hz, edges[edge - 1], edges[edge]) * area(edges, edge - 1));
      }
    }
  }

  private static double slope(double hz, double zero, double one) {
    return (hz - zero) / (one - zero);
  }

  /** The height that gives a triangle the area 1. */
  private static double area(double[] edges, int band) {
    return 2 / (edges[band + 2] - edges[band]);
  }

  /** Whether some band is so narrow that no frequency lies in it. */
  public boolean hasEmptyBand() {
    boolean[] used = new boolean[bands];
    for (int k = 0; k < lowest.length; k++) {
      if (falling[k] > 0) {
        used[lowest[k]] = true;
      }
      if (rising[k] > 0) {
        used[lowest[k] + 1] = true;
      }
    }
    for (boolean band : used) {
      if (!band) {
        return true;
      }
    }
    return false;
  }

  /** Number of bands. */
  public int bands() {
    return bands;
  }

  /**
   * Filters frames.
   *
   * @param power scratch, shape [at least frames]
   * @param out receives the power of the bands, shape [bands x at least frames]
   */
  public void apply(Spectra spectra, float[] power, float[][] out) {
    Rows.clear(out, spectra.frames());
    for (int k = 0; k < spectra.bins(); k++) {
      spectra.power(k, power);
      add(k, power, out, spectra.frames());
    }
  }

  /**
   * Adds one frequency's share to the bands.
   *
   * @param bin number of the frequency
   * @param power its power in each frame
   * @param out the bands' rows, shape [bands x at least frames]
   * @param frames number of frames
   */
  public void add(int bin, float[] power, float[][] out, int frames) {
    int low = lowest[bin];
    if (falling[bin] != 0) {
      Rows.addWeighted(out[low], power, falling[bin], frames);
    }
    if (rising[bin] != 0) {
      Rows.addWeighted(out[low + 1], power, rising[bin], frames);
    }
  }

  /** The filter of a band with its zeros, shape [1 + nFft / 2]. */
  public float[] filter(int band) {
    float[] filter = new float[lowest.length];
    for (int k = 0; k < filter.length; k++) {
      filter[k] = lowest[k] == band ? falling[k] : lowest[k] == band - 1 ? rising[k] : 0;
    }
    return filter;
  }
}
