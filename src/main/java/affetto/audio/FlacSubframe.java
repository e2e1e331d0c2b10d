package affetto.audio;

import java.util.Arrays;

/** One channel of one FLAC frame (RFC 9639, section 9.2). */
final class FlacSubframe {

  private static final int CONSTANT = 0;
  private static final int VERBATIM = 1;
  private static final int FIXED = 8;
  private static final int LINEAR = 32;

  /** Coefficients of the fixed predictors of order 0 to 4, newest sample first. */
  private static final int[][] FIXED_COEFFICIENTS = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

  private FlacSubframe() {}

  /**
   * Reads one channel.
   *
   * @param samples receives them; at least size long
   * @param depth bits a sample, 4 to 33
   */
  static void read(FlacBits bits, long[] samples, int size, int depth) throws AudioException {
    if (bits.read(1) != 0) {
      throw bad("a subframe without its leading zero");
    }
    int type = (int) bits.read(6);
    int wasted = bits.read(1) == 0 ? 0 : (int) Math.min(bits.readUnary() + 1, 64);
    int left = depth - wasted;
    if (left < 1) {
      throw bad("more wasted bits than a sample has");
    }
    if (type == CONSTANT) {
      Arrays.fill(samples, 0, size, bits.readSigned(left));
    } else if (type == VERBATIM) {
      readWarmUp(bits, samples, size, left);
    } else if (type >= FIXED && type < FIXED + FIXED_COEFFICIENTS.length) {
      readFixed(bits, samples, size, left, type - FIXED);
    } else if (type >= LINEAR) {
      readLinear(bits, samples, size, left, type - LINEAR + 1);
    } else {
      throw bad("a reserved kind of subframe");
    }
    checkRange(samples, size, left);
    if (wasted > 0) {
      for (int i = 0; i < size; i++) {
        samples[i] <<= wasted;
      }
    }
  }

  private static void readFixed(FlacBits bits, long[] samples, int size, int depth, int order)
      throws AudioException {
    checkOrder(order, size);
    readWarmUp(bits, samples, order, depth);
    readResidual(bits, samples, size, order);
    restore(samples, size, FIXED_COEFFICIENTS[order], 0);
  }

  private static void readLinear(FlacBits bits, long[] samples, int size, int depth, int order)
      throws AudioException {
    checkOrder(order, size);
    readWarmUp(bits, samples, order, depth);
    int precision = (int) bits.read(4) + 1;
    int shift = (int) bits.readSigned(5);
    if (precision == 16 || shift < 0) {
      throw bad("a forbidden predictor precision or shift");
    }
    int[] coefficients = new int[order];
    for (int i = 0; i < order; i++) {
      coefficients[i] = (int) bits.readSigned(precision);
    }
    readResidual(bits, samples, size, order);
    restore(samples, size, coefficients, shift);
  }

  private static void checkOrder(int order, int size) throws AudioException {
    if (order > size) {
      throw bad("a predictor longer than its frame");
    }
  }

  private static void readWarmUp(FlacBits bits, long[] samples, int count, int depth)
      throws AudioException {
    for (int i = 0; i < count; i++) {
      samples[i] = bits.readSigned(depth);
    }
  }

  /** Residuals, Rice coded in 2^n equal partitions, into samples from order on. */
  private static void readResidual(FlacBits bits, long[] samples, int size, int order)
      throws AudioException {
    int method = (int) bits.read(2);
    if (method > 1) {
      throw bad("a reserved residual coding");
    }
    int parameterBits = method == 0 ? 4 : 5;
    int escape = (1 << parameterBits) - 1;
    int partitionOrder = (int) bits.read(4);
    int partition = size >> partitionOrder;
    if ((partition << partitionOrder) != size || partition < order) {
      throw bad("residual partitions that do not fit the frame");
    }
    int at = order;
    for (int end = partition; end <= size; end += partition) {
      int parameter = (int) bits.read(parameterBits);
      if (parameter == escape) {
        int width = (int) bits.read(5);
        for (; at < end; at++) {
          samples[at] = bits.readSigned(width);
        }
      }
      for (; at < end; at++) {
        long folded = (bits.readUnary() << parameter) | bits.read(parameter);
        samples[at] = (folded >>> 1) ^ -(folded & 1);
      }
    }
  }

  /** Adds the prediction, from the samples before it, to each residual. */
  private static void restore(long[] samples, int size, int[] coefficients, int shift) {
    int order = coefficients.length;
    for (int i = order; i < size; i++) {
      long sum = 0;
      for (int j = 0; j < order; j++) {
        sum += coefficients[j] * samples[i - 1 - j];
      }
      samples[i] += sum >> shift;
    }
  }

  private static void checkRange(long[] samples, int size, int depth) throws AudioException {
    long limit = 1L << (depth - 1);
    for (int i = 0; i < size; i++) {
      if (samples[i] < -limit || samples[i] >= limit) {
        throw bad("a sample that does not fit its %d bits".formatted(depth));
      }
    }
  }

  private static AudioException bad(String what) {
    return new AudioException("broken FLAC: " + what);
  }
}
