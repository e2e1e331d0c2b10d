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
    int frames = 1 + samples.length / hopLength;
    int perFrame = frameLength / hopLength;
    long sum = 0;
    int sign = sign(samples[0]);
    for (int hop = 0; hop < frames; hop++) {
      int from = hop * hopLength;
      int to = Math.min(samples.length, from + hopLength);
      int first = from < to ? sign ^ sign(samples[from]) : 0;
      int crossings = 0;
      for (int i = from; i < to; i++) {
        int next = sign(samples[i]);
        crossings += sign ^ next;
        sign = next;
      }
      // The frames that reach this hop are those from half a frame before to half behind it; the
      // one that begins with it does not count its first sample.
      int earliest = Math.max(0, hop - perFrame / 2 + 1);
      int latest = Math.min(frames - 1, hop + perFrame / 2);
      sum += (long) crossings * (latest - earliest + 1);
      sum -= hop + perFrame / 2 < frames ? first : 0;
    }
    return (double) sum / frameLength / frames;
  }

  private static int sign(float sample) {
    return Float.floatToRawIntBits(sample + ZERO) >>> 31;
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
    for (int hop = 0; hop < frames; hop++) {
      int from = hop * hopLength;
      energies[hop + perFrame / 2] =
          energy(samples, from, Math.min(samples.length, from + hopLength));
    }
    double sum = 0;
    for (int t = 0; t < frames; t++) {
      double energy = 0;
      for (int hop = 0; hop < perFrame; hop++) {
        energy += energies[t + hop];
      }
      sum += Math.sqrt(energy / frameLength);
    }
    return sum / frames;
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
