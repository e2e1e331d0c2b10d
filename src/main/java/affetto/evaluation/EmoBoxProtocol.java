package affetto.evaluation;

import affetto.corpus.Speaker;
import affetto.evaluation.EmoBoxFolds.ListName;
import affetto.fault.RefusedException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** EmoBox's own division, to compare with its leaderboard. */
record EmoBoxProtocol(EmoBoxFolds lists) implements Protocol {

  @Override
  public String id() {
    return Protocols.EMOBOX;
  }

  @Override
  public boolean promisesSpeakers() {
    return false;
  }

  @Override
  public boolean promisesUtterances() {
    return true;
  }

  @Override
  public String description() {
    return "EmoBox's folds: RAVDESS and SAVEE speaker-independent; in CREMA-D and TESS every test"
        + " speaker was heard in training";
  }

  @Override
  public int folds(Collection<Speaker> speakers) {
    return lists.foldsByCorpus().values().stream().mapToInt(Integer::intValue).max().orElse(1);
  }

  @Override
  public Split split(Collection<Speaker> speakers, int fold, double validationShare, long seed) {
    Protocols.checkFold(this, fold, folds(speakers));
    Roster roster = new Roster(speakers);
    Set<String> train = new HashSet<>();
    Set<String> test = new HashSet<>();
    Set<String> trainSpeakers = new HashSet<>();
    for (Map.Entry<String, Integer> corpus : lists.foldsByCorpus().entrySet()) {
      int own = (fold - 1) % corpus.getValue() + 1;
      ListName trainList = new ListName(corpus.getKey(), false, own);
      train.addAll(lists.utterances(trainList));
      test.addAll(lists.utterances(new ListName(corpus.getKey(), true, own)));
      trainSpeakers.addAll(lists.speakers(trainList));
    }
    refuseOverlap(train, test, fold);
    Set<String> validation = roster.validation(trainSpeakers, validationShare, seed);
    return new ListedSplit(train, test, validation);
  }

  private static void refuseOverlap(Set<String> train, Set<String> test, int fold) {
    Set<String> both = new TreeSet<>(train);
    both.retainAll(test);
    if (!both.isEmpty()) {
      throw new RefusedException(
          "EmoBox's fold %d lists %d utterances for training and for test, %s among them"
              .formatted(fold, both.size(), both.iterator().next()));
    }
  }

  record ListedSplit(Set<String> train, Set<String> test, Set<String> validation) implements Split {

    @Override
    public Role roleOf(RowKey row) {
      if (test.contains(row.utterance())) {
        return row.clean() ? Role.TEST : Role.UNUSED;
      }
      if (!train.contains(row.utterance())) {
        return Role.UNUSED;
      }
      if (validation.contains(row.speaker())) {
        return row.clean() ? Role.VALIDATION : Role.UNUSED;
      }
      return Role.TRAIN;
    }
  }
}
