package affetto.evaluation;

import affetto.corpus.Speaker;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code speaker} and {@code strict} share: folds of speakers, a corpus at a time. */
abstract class SpeakerFolds implements Protocol {

  @Override
  public final boolean promisesSpeakers() {
    return true;
  }

  @Override
  public final boolean promisesUtterances() {
    return true;
  }

  /** How many folds a corpus has with these speakers. */
  abstract int foldsOf(String corpus, List<Speaker> speakers);

  /** The fold, from 1, that tests each of a corpus's speakers; by speaker id. */
  abstract Map<String, Integer> testFolds(String corpus, List<Speaker> speakers, long seed);

  @Override
  public final int folds(Collection<Speaker> speakers) {
    return new Roster(speakers)
        .byCorpus().entrySet().stream()
            .mapToInt(entry -> foldsOf(entry.getKey(), entry.getValue()))
            .max()
            .orElse(1);
  }

  @Override
  public final Split split(
      Collection<Speaker> speakers, int fold, double validationShare, long seed) {
    Protocols.checkFold(this, fold, folds(speakers));
    Roster roster = new Roster(speakers);
    Set<String> test = new HashSet<>();
    roster
        .byCorpus()
        .forEach(
            (corpus, all) -> {
              int own = (fold - 1) % foldsOf(corpus, all) + 1;
              Map<String, Integer> tested = testFolds(corpus, all, seed);
              tested.keySet().stream().filter(id -> tested.get(id) == own).forEach(test::add);
            });
    Set<String> training = new HashSet<>(roster.ids());
    training.removeAll(test);
    Set<String> validation = roster.validation(training, validationShare, seed);
    Map<String, Role> roles = new HashMap<>();
    roster.ids().forEach(speaker -> roles.put(speaker, Role.TRAIN));
    validation.forEach(speaker -> roles.put(speaker, Role.VALIDATION));
    test.forEach(speaker -> roles.put(speaker, Role.TEST));
    return new SpeakerSplit(roles);
  }
}
