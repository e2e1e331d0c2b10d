package affetto.feature;

/**
 * Means over centred frames of what is computed from the samples themselves.
 *
 * <p>The hop divides half the frame, so sums over hops are shared by the frames that overlap them.
 * One instance per thread.
 */
final class FrameStatistics {
  /** Samples of at most this magnitude count as zero, and zero as positive. */
  private static final float ZERO = 1e-10f;

  private final int frameLength;
  private final int hopLength;
  private int[] crossings = new int[0];

  FrameStatistics(int frameLength, int hopLength) {
    if (frameLength / 2 % hopLength != 0) {
      throw new IllegalArgumentException(
          "a hop of %d does not divide half a frame of %d".formatted(hopLength, frameLength));
    }
    this.frameLength = frameLength;
    this.hopLength = hopLength;
  }

  /**
   * Mean share of samples whose sign differs from the sample before, 0 to 1. Beyond the ends the
   * first and last sample are repeated; a frame's own first sample never counts.
   *
   * @see <a
   *     href="https://librosa.org/doc/0.11.0/generated/librosa.feature.zero_crossing_rate.html">
   *     librosa.feature.zero_crossing_rate 0.11</a>
   */
  double meanZeroCrossingRate(float[] samples) {
    int last = samples.length - 1;
    if (crossings.length < samples.length) {
      crossings = new int[samples.length];
    }
    boolean wasNegative = samples[0] < -ZERO;
    for (int i = 1; i <= last; i++) {
      boolean negative = samples[i] < -ZERO;
      crossings[i] = crossings[i - 1] + (negative == wasNegative ? 0 : 1);
      wasNegative = negative;
    }
    int frames = 1 + samples.length / hopLength;
    long sum = 0;
    for (int t = 0; t < frames; t++) {
      int start = t * hopLength - frameLength / 2;
      int end = Math.min(last, start + frameLength - 1);
      sum += crossings[end] - crossings[Math.max(0, Math.min(last, start))];
    }
    return (double) sum / frameLength / frames;
  }

  /**
   * Mean of the frames' root mean square; zeros beyond the ends.
   *
   * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.feature.rms.html">
   *     librosa.feature.rms 0.11 with y given</a>
   */
  double meanRms(float[] samples) {
    int frames = 1 + samples.length / hopLength;
    int perFrame = frameLength / hopLength;
    double[] energies = new double[frames + perFrame];
    for (int block = 0; block < frames; block++) {
      int from = block * hopLength;
      int to = Math.min(samples.length, from + hopLength);
      double energy = 0;
      for (int i = from; i < to; i++) {
        energy += (double) samples[i] * samples[i];
      }
      energies[block + perFrame / 2] = energy;
    }
    double sum = 0;
    for (int t = 0; t < frames; t++) {
      double energy = 0;
      for (int block = 0; block < perFrame; block++) {
        energy += energies[t + block];
      }
      sum += Math.sqrt(energy / frameLength);
    }
    return sum / frames;
  }
}
