package affetto.job;

import affetto.corpus.EmotionScheme;
import affetto.table.FeatureRow;
import java.io.Serializable;

/**
 * What decides whether a row takes part at all, before any split.
 *
 * @param scheme leaves labels out
 * @param duplicates whether copies of a recording stay out, and all of it where labels conflict
 * @param silence whether clips without any sound stay out
 */
record Admission(EmotionScheme scheme, boolean duplicates, boolean silence)
    implements Serializable {

  static Admission of(TrainSpec spec) {
    return new Admission(spec.scheme(), spec.dropDuplicates(), spec.dropSilent());
  }

  boolean admits(FeatureRow row) {
    return scheme.classOf(row.emotion()).isPresent()
        && !(duplicates && (row.duplicate() || row.labelConflict()))
        && !(silence && row.silent());
  }
}
