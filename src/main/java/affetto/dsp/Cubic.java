package affetto.dsp;

/** Interpolation between equally spaced values by the cubic through the four nearest. */
final class Cubic {
  private Cubic() {}

  /**
   * The value between two entries.
   *
   * @param values with an entry before i, and two behind it
   * @param i the entry below
   * @param x distance from it, 0 to 1
   */
  static double at(double[] values, int i, double x) {
    double a = values[i - 1];
    double b = values[i];
    double c = values[i + 1];
    double d = values[i + 2];
    double linear = c - a / 3 - b / 2 - d / 6;
    double square = 0.5 * (a + c) - b;
    double cube = (d - a) / 6 + 0.5 * (b - c);
    return b + x * (linear + x * (square + x * cube));
  }
}
