package affetto.dsp;

/** Power on a logarithmic scale. */
public final class Decibels {
  /** Power below this counts as this, so that silence is finite: -100 dB. */
  public static final float MIN_POWER = 1e-10f;

  /** Steps of the mantissa that have an entry. */
  private static final int STEPS = 128;

  private static final double DB_PER_OCTAVE = 10 * Math.log10(2);
  private static final double DB_PER_NEPER = 10 / Math.log(10);
  private static final double[] INVERSE = new double[STEPS];
  private static final double[] STEP_DB = new double[STEPS];

  static {
    for (int i = 0; i < STEPS; i++) {
      double middle = 1 + (i + 0.5) / STEPS;
      INVERSE[i] = 1 / middle;
      STEP_DB[i] = 10 * Math.log10(middle);
    }
  }

  private Decibels() {}

  /**
   * One power in dB relative to 1: -100 and more; of what is no finite number, itself. The error is
   * below 1e-8 dB before the result is rounded.
   */
  public static float ofPower(float power) {
    return (float) exactly(Math.max(MIN_POWER, power));
  }

  /**
   * One power above 0 in dB, with an error below 1e-8 dB: by exponent, a table for the mantissa's
   * first bits, and a polynomial for the rest.
   */
  static double exactly(double power) {
    if (!(power <= Double.MAX_VALUE)) {
      return power; // infinite, or no number
    }
    long bits = Double.doubleToRawLongBits(power);
    int octave = (int) (bits >>> 52) - 1023;
    int step = (int) (bits >>> 45) & (STEPS - 1);
    double mantissa = Double.longBitsToDouble((bits & 0xfffffffffffffL) | 0x3ff0000000000000L);
    double rest = mantissa * INVERSE[step] - 1;
    double neper = rest * (1 - rest * (0.5 - rest * (1.0 / 3 - rest * 0.25)));
    return octave * DB_PER_OCTAVE + STEP_DB[step] + neper * DB_PER_NEPER;
  }

  /**
   * Turns powers to dB relative to 1, in place.
   *
   * @param values the first count of them
   * @return the largest, in dB
   * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.power_to_db.html">
   *     librosa.power_to_db 0.11 with ref=1, amin=1e-10, top_db=None</a>
   */
  public static float ofPower(float[] values, int count) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      values[i] = ofPower(values[i]);
      largest = Math.max(largest, values[i]);
    }
    return largest;
  }

  /** Lifts what lies below a floor, in place: the first count of the values. */
  public static void atLeast(float[] values, float floor, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(values[i], floor);
    }
  }

  /**
   * The mean of powers in dB relative to 1, that is, their geometric mean.
   *
   * @param powers the first count of them, at least one
   * @param least smaller ones count as this; at least {@link #MIN_POWER}
   */
  public static double mean(float[] powers, int count, float least) {
    double sum = 0;
    // The logarithm of a product in place of the product's factors' own: eight times fewer.
    for (int i = 0; i < count; i += 8) {
      double product = 1;
      for (int j = i; j < Math.min(count, i + 8); j++) {
        product *= Math.max(least, powers[j]);
      }
      sum += exactly(product);
    }
    return sum / count;
  }
}
