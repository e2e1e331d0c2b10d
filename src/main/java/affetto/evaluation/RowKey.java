package affetto.evaluation;

import java.io.Serializable;

/**
 * What a split may look at of a row.
 *
 * @param corpus the corpus's id
 * @param speaker unique across corpora
 * @param utterance the utterance's id
 * @param recording fingerprint of the decoded audio: the same for utterances that are copies of one
 *     recording, so that a split can keep them together
 * @param augmentation the augmentation's id, {@code clean} for the source itself
 */
public record RowKey(
    String corpus, String speaker, String utterance, String recording, String augmentation)
    implements Serializable {

  /** Id of the augmentation that changes nothing. */
  public static final String CLEAN = "clean";

  /** Whether this row is the source itself and no augmented copy. */
  public boolean clean() {
    return augmentation.equals(CLEAN);
  }
}
