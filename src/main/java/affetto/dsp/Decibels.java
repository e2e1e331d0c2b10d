package affetto.dsp;

/** Power on a logarithmic scale. */
public final class Decibels {
  /** Power below this counts as this, so that silence is finite: -100 dB. */
  public static final double MIN_POWER = 1e-10;

  private Decibels() {}

  /** One power in dB relative to 1. */
  public static double ofPower(double power) {
    return 10 * Math.log10(Math.max(MIN_POWER, power));
  }

  /**
   * Turns power to dB relative to 1 in place, and lifts what lies more than {@code topDb} below the
   * loudest value.
   *
   * @param values power in, dB out
   * @param count how many of them, from the first
   * @param topDb range that is kept, in dB, at least 0
   * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.power_to_db.html">
   *     librosa.power_to_db 0.11 with ref=1, amin=1e-10</a>
   */
  public static void ofPower(float[] values, int count, double topDb) {
    double loudest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      values[i] = (float) ofPower(values[i]);
      loudest = Math.max(loudest, values[i]);
    }
    float floor = (float) (loudest - topDb);
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(values[i], floor);
    }
  }
}
