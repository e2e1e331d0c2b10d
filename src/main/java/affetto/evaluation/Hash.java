package affetto.evaluation;

import java.nio.charset.StandardCharsets;

/** A hash that is the same on every machine and for ever, for splits that are pure functions. */
final class Hash {

  private Hash() {}

  /** 64 well mixed bits of a seed and words (FNV-1a, then the finaliser of SplitMix64). */
  static long of(long seed, String... words) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (String word : words) {
      for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
        hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
      }
      hash = (hash ^ 0xff) * 0x100000001b3L; // so that "ab","c" differs from "a","bc"
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }

  /** A fold from 1 to folds. */
  static int fold(int folds, long seed, String... words) {
    return (int) Long.remainderUnsigned(of(seed, words), folds) + 1;
  }
}
