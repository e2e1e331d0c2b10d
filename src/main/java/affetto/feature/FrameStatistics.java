package affetto.feature;

/**
 * What centred frames are by their samples themselves, and its means.
 *
 * <p>The hop divides half the frame, so sums over hops are shared by the frames that overlap them.
 * Immutable; may be shared.
 */
final class FrameStatistics {
  /** Samples of at most this magnitude count as zero, and zero as positive. */
  private static final float ZERO = 1e-10f;

  private final int frameLength;
  private final int hopLength;

  FrameStatistics(int frameLength, int hopLength) {
    if (frameLength / 2 % hopLength != 0) {
      throw new IllegalArgumentException(
          "a hop of %d does not divide half a frame of %d".formatted(hopLength, frameLength));
    }
    this.frameLength = frameLength;
    this.hopLength = hopLength;
  }

  /** Mean over frames of the {@link #zeroCrossingRates}. */
  double meanZeroCrossingRate(float[] samples) {
    return mean(zeroCrossingRates(samples));
  }

  /** Mean over frames of the {@link #rootMeanSquares}. */
  double meanRms(float[] samples) {
    return mean(rootMeanSquares(samples));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /**
   * Share of samples whose sign differs from the sample before. Beyond the ends the first and last
   * sample are repeated; a frame's own first sample never counts.
   *
   * @return 0 to 1, shape [frames]
   * @see <a
   *     href="https://librosa.org/doc/0.11.0/generated/librosa.feature.zero_crossing_rate.html">
   *     librosa.feature.zero_crossing_rate 0.11</a>
   */
  double[] zeroCrossingRates(float[] samples) {
    int perFrame = frameLength / hopLength;
    double[] rates = new double[1 + samples.length / hopLength];
    int[] crossings = new int[rates.length + perFrame];
    int[] atStart = new int[crossings.length];
    int sign = sign(samples[0]);
    for (int hop = 0; hop < rates.length; hop++) {
      int from = hop * hopLength;
      int to = Math.min(samples.length, from + hopLength);
      int count = 0;
      atStart[hop + perFrame / 2] = from < to ? sign ^ sign(samples[from]) : 0;
      for (int i = from; i < to; i++) {
        int next = sign(samples[i]);
        count += sign ^ next;
        sign = next;
      }
      crossings[hop + perFrame / 2] = count;
    }
    for (int t = 0; t < rates.length; t++) {
      int count = -atStart[t];
      for (int hop = 0; hop < perFrame; hop++) {
        count += crossings[t + hop];
      }
      rates[t] = (double) count / frameLength;
    }
    return rates;
  }

  private static int sign(float sample) {
    return Float.floatToRawIntBits(sample + ZERO) >>> 31;
  }

  /**
   * Root mean square of each frame; zeros beyond the ends.
   *
   * @return at least 0, shape [frames]
   * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.feature.rms.html">
   *     librosa.feature.rms 0.11 with y given</a>
   */
  double[] rootMeanSquares(float[] samples) {
    int perFrame = frameLength / hopLength;
    double[] roots = new double[1 + samples.length / hopLength];
    double[] energies = new double[roots.length + perFrame];
    for (int hop = 0; hop < roots.length; hop++) {
      int from = hop * hopLength;
      int to = Math.min(samples.length, from + hopLength);
      energies[hop + perFrame / 2] = energy(samples, from, to);
    }
    for (int t = 0; t < roots.length; t++) {
      double energy = 0;
      for (int hop = 0; hop < perFrame; hop++) {
        energy += energies[t + hop];
      }
      roots[t] = Math.sqrt(energy / frameLength);
    }
    return roots;
  }

  private static double energy(float[] samples, int from, int to) {
    // Four sums side by side, since one alone waits for each of its additions.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += (double) samples[i] * samples[i];
      b += (double) samples[i + 1] * samples[i + 1];
      c += (double) samples[i + 2] * samples[i + 2];
      d += (double) samples[i + 3] * samples[i + 3];
    }
    for (; i < to; i++) {
      a += (double) samples[i] * samples[i];
    }
    return (a + b) + (c + d);
  }
}
