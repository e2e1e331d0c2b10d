package affetto.augment;

/**
 * Random numbers that are the same for the same seed on every machine and with every JDK:
 * SplitMix64 (Steele, Lea and Flood, 2014), normal ones by Marsaglia's polar method.
 */
final class NoiseSource {
  private long state;
  private double spare;
  private boolean hasSpare;

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

  /** Normal with mean 0 and deviation 1. */
  double normal() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double u;
    double v;
    double square;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square == 0);
    double scale = Math.sqrt(-2 * StrictMath.log(square) / square);
    spare = v * scale;
    hasSpare = true;
    return u * scale;
  }
}
