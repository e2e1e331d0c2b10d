package affetto.table;

import affetto.corpus.Emotion;
import affetto.evaluation.RowKey;
import affetto.feature.FeatureMatrix;
import java.io.Serializable;

/**
 * One row of a feature table as training and evaluation take it.
 *
 * @param clip the clip's id: the utterance's, and the augmentation's behind a tilde unless clean
 * @param key what a split looks at
 * @param emotion the corpus's label
 * @param duplicate whether an earlier utterance holds the same recording
 * @param labelConflict whether utterances with the same recording have different labels
 * @param silent whether the recording has no sound at all
 * @param features the numbers
 */
public record FeatureRow(
    String clip,
    RowKey key,
    Emotion emotion,
    boolean duplicate,
    boolean labelConflict,
    boolean silent,
    FeatureMatrix features)
    implements Serializable {

  /** The id of the corpus that it is of. */
  public String corpus() {
    return key.corpus();
  }
}
