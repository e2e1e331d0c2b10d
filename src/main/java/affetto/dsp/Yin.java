package affetto.dsp;

import java.util.Arrays;

/**
 * How much a frame differs from itself one period later, for every period of a range: the squared
 * difference, divided by its mean over all shorter periods. A periodic frame has a deep trough at
 * its period.
 *
 * <p>The frame is taken to be followed by zeros, as librosa has it: the energy of what is shifted
 * into them counts as difference.
 *
 * <p>One instance per thread.
 *
 * @see <a href="https://doi.org/10.1121/1.1458024">de Cheveign&eacute; and Kawahara 2002, YIN, a
 *     fundamental frequency estimator for speech and music, equations 7 and 8</a>
 */
final class Yin {
  private final int frameLength;
  private final int minPeriod;
  private final Fft fft;
  private final double[] frame;
  private final double[] correlation;
  private final double[] re;
  private final double[] im;
  private final double[] differences;

  /**
   * Makes the tables.
   *
   * @param frameLength samples of a frame
   * @param minPeriod shortest period in samples, at least 1
   * @param maxPeriod longest period in samples, below {@code frameLength}
   */
  Yin(int frameLength, int minPeriod, int maxPeriod) {
    this.frameLength = frameLength;
    this.minPeriod = minPeriod;
    // Room for the longest period behind the frame, so that the correlation does not wrap around.
    fft = new Fft(Integer.highestOneBit(frameLength + maxPeriod - 1) << 1);
    frame = new double[fft.size()];
    correlation = new double[fft.size()];
    re = new double[fft.bins()];
    im = new double[fft.bins()];
    differences = new double[maxPeriod - minPeriod + 1];
  }

  /**
   * Measures one frame; samples beyond the ends are zeros.
   *
   * @param samples shape [n]
   * @param start of the frame; may lie before the first sample
   * @return the differences from the shortest period to the longest, at least 0 up to rounding; the
   *     next call overwrites them
   */
  double[] measure(float[] samples, int start) {
    int from = Math.min(frameLength, Math.max(0, -start));
    int to = Math.max(from, Math.min(frameLength, samples.length - start));
    Arrays.fill(frame, 0, from, 0);
    for (int i = from; i < to; i++) {
      frame[i] = samples[start + i];
    }
    Arrays.fill(frame, to, frameLength, 0);
    correlate();
    double energy = 0;
    double sum = 0;
    int maxPeriod = minPeriod + differences.length - 1;
    for (int period = 1; period <= maxPeriod; period++) {
      energy += frame[period - 1] * frame[period - 1];
      // librosa forgets the first sample's energy at a period of 1, which all the means contain.
      double before = period == 1 ? 0 : energy;
      double difference = 2 * (correlation[0] - correlation[period]) - before;
      sum += difference;
      if (period >= minPeriod) {
        differences[period - minPeriod] = difference / (sum / period + Double.MIN_NORMAL);
      }
    }
    return differences;
  }

  private void correlate() {
    fft.forward(frame, re, im);
    for (int k = 0; k < re.length; k++) {
      re[k] = re[k] * re[k] + im[k] * im[k];
      im[k] = 0;
    }
    fft.inverse(re, im, correlation);
  }

  /**
   * A period of the frame measured last, moved to the vertex of the parabola through its difference
   * and its neighbours' unless that is more than a sample away.
   *
   * @param index of the period among the differences
   * @return in samples
   */
  double refined(int index) {
    int period = minPeriod + index;
    if (index == 0 || index == differences.length - 1) {
      return period;
    }
    double before = differences[index - 1];
    double after = differences[index + 1];
    double bend = after + before - 2 * differences[index];
    double slope = (after - before) / 2;
    return Math.abs(slope) >= Math.abs(bend) ? period : period - slope / bend;
  }
}
