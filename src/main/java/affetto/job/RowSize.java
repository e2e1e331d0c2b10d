package affetto.job;

import affetto.audio.Waveform;
import affetto.feature.FeatureExtractor;
import affetto.feature.FeatureMatrix;
import affetto.feature.FeatureSet;

/** How many bytes a row of features takes in a Parquet file, about. */
final class RowSize {

  private static final int RATE = 16_000;

  /** What zstd makes of a float: all but its exponent is noise. */
  private static final double BYTES_OF_A_NUMBER = 3.7;

  /** The clip's id, the fingerprint and the seed; the rest repeats from row to row. */
  private static final double BYTES_OF_A_KEY = 60;

  /** Shorter recordings may have no row at all. */
  private static final double SHORTEST_SECONDS = 1;

  private RowSize() {}

  /**
   * By computing the features of silence.
   *
   * @param seconds of the recording
   */
  static double of(FeatureSet featureSet, double seconds) {
    int samples = (int) (RATE * Math.max(SHORTEST_SECONDS, seconds));
    FeatureExtractor extractor = featureSet.extractor();
    FeatureMatrix row = extractor.extract(extractor.load(new Waveform(new float[samples], RATE)));
    return BYTES_OF_A_KEY + BYTES_OF_A_NUMBER * row.values().length;
  }
}
