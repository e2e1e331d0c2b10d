package affetto.synth;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Randomness that depends on what is drawn for and not on when: each clip, speaker and text has its
 * own, so that the order of making and the number of clips change nothing.
 */
final class Dice {

  private final SplittableRandom random;

  private Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The dice of the thing of this name under this seed. */
  static Dice of(long seed, String name) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return new Dice(seed * 0x9e3779b97f4a7c15L ^ hash);
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Uniform in [-1, 1): white noise. */
  double noise() {
    return 2 * random.nextDouble() - 1;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /**
   * Nearly normal, mean 0, deviation 1, never beyond 3.5: the sum of four uniform numbers, which
   * unlike the JDK's own method is the same on every release.
   */
  double normal() {
    double sum = -2;
    for (int i = 0; i < 4; i++) {
      sum += random.nextDouble();
    }
    return sum * 1.7320508075688772;
  }
}
