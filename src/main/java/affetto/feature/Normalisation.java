package affetto.feature;

/** Brings the bands of an utterance to one level and one range: cepstral mean and variance. */
final class Normalisation {
  /** A band that moves less, in dB, is silence or a tone: only its mean is taken off. */
  private static final double STILL = 1e-3;

  private Normalisation() {}

  /**
   * Brings each row to mean 0 and deviation 1, in place.
   *
   * @param frames how many of a row's values count, from the first
   */
  static void apply(float[][] rows, int frames) {
    for (float[] row : rows) {
      double sum = 0;
      for (int t = 0; t < frames; t++) {
        sum += row[t];
      }
      double mean = sum / frames;
      double squares = 0;
      for (int t = 0; t < frames; t++) {
        squares += (row[t] - mean) * (row[t] - mean);
      }
      double deviation = Math.sqrt(squares / frames);
      double scale = deviation < STILL ? 1 : 1 / deviation;
      for (int t = 0; t < frames; t++) {
        row[t] = (float) ((row[t] - mean) * scale);
      }
    }
  }
}
