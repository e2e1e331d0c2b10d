package affetto.augment;

/**
 * Random numbers that are the same for the same seed on every machine and with every JDK.
 *
 * <p>Uniform ones by SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014), normal ones by the ziggurat of Marsaglia and Tsang ("The ziggurat method for
 * generating random variables", 2000): the area under the bell is laid out in layers of equal area,
 * of which a point is drawn; 99 of 100 points lie in a part of their layer that is a plain box.
 */
final class NoiseSource {
  private static final int LAYERS = 256;

  /** Where the lowest layer stops to be a box and becomes the bell's tail. */
  private static final double TAIL = 3.654152885361009;

  /** Area of each layer under exp(-x^2 / 2): with this tail, 256 of them end just at the top. */
  private static final double AREA = 0.004928673233974655;

  /** Width of each layer; the lowest counts as a box of its area. Above the last lies 0. */
  private static final double[] WIDTH = widths();

  /** Height of the bell at each width, so where each layer begins. */
  private static final double[] HEIGHT = heights();

  private long state;

  NoiseSource(long seed) {
    state = seed;
  }

  private long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** Uniform from 0 up to, but without, the bound. */
  int below(int bound) {
    return (int) (uniform() * bound);
  }

  /** Normal with mean 0 and deviation 1. */
  double normal() {
    while (true) {
      // The lowest 8 bits choose the layer, the highest 54 the place, so they do not depend on each
      // other.
      long bits = next();
      int layer = (int) bits & (LAYERS - 1);
      double x = (bits >> 10) * 0x1.0p-53 * WIDTH[layer];
      if (Math.abs(x) < WIDTH[layer + 1]) {
        return x;
      }
      if (layer == 0) {
        return x < 0 ? -tail() : tail();
      }
      double y = HEIGHT[layer] + uniform() * (HEIGHT[layer + 1] - HEIGHT[layer]);
      if (y < bell(x)) {
        return x;
      }
    }
  }

  /** A normal number beyond {@link #TAIL} (Marsaglia, 1964). */
  private double tail() {
    double beyond;
    double trial;
    do {
      beyond = -StrictMath.log(1 - uniform()) / TAIL;
      trial = -StrictMath.log(1 - uniform());
    } while (2 * trial < beyond * beyond);
    return TAIL + beyond;
  }

  private static double bell(double x) {
    return StrictMath.exp(-0.5 * x * x);
  }

  private static double[] widths() {
    double[] widths = new double[LAYERS + 1];
    widths[0] = AREA / bell(TAIL);
    widths[1] = TAIL;
    for (int i = 1; i < LAYERS - 1; i++) {
      widths[i + 1] = Math.sqrt(-2 * StrictMath.log(bell(widths[i]) + AREA / widths[i]));
    }
    return widths;
  }

  private static double[] heights() {
    double[] heights = new double[LAYERS + 1];
    for (int i = 0; i <= LAYERS; i++) {
      heights[i] = bell(WIDTH[i]);
    }
    return heights;
  }
}
