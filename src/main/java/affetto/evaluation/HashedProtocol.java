package affetto.evaluation;

import affetto.corpus.Speaker;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Random folds by a hash: of the recording ({@code utterance}), or of the row ({@code recipe}).
 *
 * @param byRow whether every augmented copy falls where it will, which leaks
 * @param folds number of folds
 */
record HashedProtocol(boolean byRow, int folds) implements Protocol {

  @Override
  public String id() {
    return byRow ? Protocols.RECIPE : Protocols.UTTERANCE;
  }

  @Override
  public boolean promisesSpeakers() {
    return false;
  }

  @Override
  public boolean promisesUtterances() {
    return !byRow;
  }

  @Override
  public String description() {
    return byRow
        ? "LEAKING: rows divided at random after augmentation, copies of one utterance and every"
            + " speaker stand on both sides"
        : "speaker-dependent: utterances divided at random, test speakers were heard in training";
  }

  @Override
  public int folds(Collection<Speaker> speakers) {
    return folds;
  }

  @Override
  public Split split(Collection<Speaker> speakers, int fold, double validationShare, long seed) {
    Protocols.checkFold(this, fold, folds);
    Roster roster = new Roster(speakers);
    Set<String> everyone = new HashSet<>(roster.ids());
    Set<String> validation = roster.validation(everyone, validationShare, seed);
    return new HashedSplit(byRow, folds, fold, seed, validation);
  }

  /** A pure function of the row: nothing is stored but the validation speakers. */
  record HashedSplit(boolean byRow, int folds, int fold, long seed, Set<String> validation)
      implements Split {

    @Override
    public Role roleOf(RowKey row) {
      int tested =
          byRow
              ? Hash.fold(folds, seed, "row", row.utterance(), row.augmentation())
              : Hash.fold(folds, seed, "recording", row.recording());
      if (tested == fold) {
        return byRow || row.clean() ? Role.TEST : Role.UNUSED;
      }
      if (validation.contains(row.speaker())) {
        return row.clean() ? Role.VALIDATION : Role.UNUSED;
      }
      return Role.TRAIN;
    }
  }
}
