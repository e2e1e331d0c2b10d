package affetto.evaluation;

import affetto.corpus.Speaker;
import java.util.Collection;

/** How folds are made, and what they promise. */
public interface Protocol {

  /** What users name: {@code strict}, {@code speaker}, {@code emobox}, {@code utterance}, ... */
  String id();

  /** Whether no speaker may stand on both sides of training and test. */
  boolean promisesSpeakers();

  /** Whether no utterance (with all its augmented copies) may stand on both sides. */
  boolean promisesUtterances();

  /** One sentence for the screen, the manifest and every result. */
  String description();

  /** How many folds there are for these speakers; at least 1. */
  int folds(Collection<Speaker> speakers);

  /**
   * One fold. Validation speakers come out of the training side, whatever the protocol.
   *
   * @param speakers everyone in the data, in any order: the result does not depend on it
   * @param fold from 1 to {@link #folds}
   * @param validationShare of the training speakers of each corpus, 0 for none, below 1
   * @param seed decides what is random
   * @throws IllegalArgumentException if fold is out of range; the message names value and range
   */
  Split split(Collection<Speaker> speakers, int fold, double validationShare, long seed);
}
