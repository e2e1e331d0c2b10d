package affetto.evaluation;

import affetto.corpus.Speaker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Folds of held-out speakers in each corpus, dealt by gender and by chance. */
final class SpeakerProtocol extends SpeakerFolds {

  private final int folds;

  SpeakerProtocol(int folds) {
    this.folds = folds;
  }

  @Override
  public String id() {
    return Protocols.SPEAKER;
  }

  @Override
  public String description() {
    return "speaker-independent: no test speaker was heard in training (%d folds)".formatted(folds);
  }

  @Override
  int foldsOf(String corpus, List<Speaker> speakers) {
    return Math.min(folds, speakers.size());
  }

  @Override
  Map<String, Integer> testFolds(String corpus, List<Speaker> speakers, long seed) {
    List<Speaker> shuffled = Roster.shuffled(speakers, seed);
    int own = foldsOf(corpus, speakers);
    Map<String, Integer> folds = new HashMap<>();
    for (int i = 0; i < shuffled.size(); i++) {
      folds.put(shuffled.get(i).id(), i % own + 1);
    }
    return folds;
  }
}
