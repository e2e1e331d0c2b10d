package affetto.table;

import affetto.feature.FeatureSet;
import java.util.List;

/**
 * Clips of which no features could be made, and why: {@code
 * features_rejected/feature_set=ID/*.parquet}, written by sweep. A clip that stands here is not
 * tried again as long as recording, feature set and seed stay what they were.
 */
public final class FeatureRejectedTable {

  public static final Column REASON = Column.text("reason", "why there are no features");

  private FeatureRejectedTable() {}

  /** The table of one feature set. */
  public static Table of(FeatureSet featureSet) {
    return new Table(
        "features_rejected/" + FeatureTable.FEATURE_SET.name() + "=" + featureSet.id(),
        List.of(
            FeatureTable.CLIP_ID,
            UtteranceTable.UTTERANCE_ID,
            FeatureTable.CORPUS,
            UtteranceTable.AUDIO_FINGERPRINT,
            FeatureTable.AUGMENTATION,
            FeatureTable.SEED,
            FeatureTable.FEATURE_SET_VERSION,
            REASON),
        List.of(),
        "sweep --feature-set " + featureSet.id());
  }
}
