package affetto.evaluation;

import affetto.corpus.Gender;
import affetto.corpus.Speaker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The speakers of the data by corpus, in an order that does not depend on how they came. */
final class Roster {

  /** With fewer training speakers a corpus can spare none for validation. */
  private static final int FEWEST_TO_SPARE_ONE = 3;

  private final Map<String, List<Speaker>> byCorpus;

  Roster(Collection<Speaker> speakers) {
    byCorpus =
        speakers.stream()
            .distinct()
            .sorted(Comparator.comparing(Speaker::id))
            .collect(Collectors.groupingBy(Speaker::corpus, TreeMap::new, Collectors.toList()));
  }

  Map<String, List<Speaker>> byCorpus() {
    return byCorpus;
  }

  Collection<String> ids() {
    return byCorpus.values().stream().flatMap(List::stream).map(Speaker::id).toList();
  }

  /** Women first, then men, each in an order that the seed shuffles: dealt out, folds balance. */
  static List<Speaker> shuffled(List<Speaker> speakers, long seed) {
    List<Speaker> shuffled = new ArrayList<>(speakers);
    shuffled.sort(
        Comparator.comparing((Speaker speaker) -> speaker.gender() != Gender.FEMALE)
            .thenComparingLong(speaker -> Hash.of(seed, speaker.id()))
            .thenComparing(Speaker::id));
    return shuffled;
  }

  /**
   * Speakers who leave the training side for validation.
   *
   * @param training ids of the speakers on the training side
   * @param share of each corpus's training speakers; at least one where there are three and the
   *     share is above 0
   */
  Set<String> validation(Set<String> training, double share, long seed) {
    if (share < 0 || share >= 1) {
      throw new IllegalArgumentException(
          "validation share must be from 0 to below 1, was " + share);
    }
    Set<String> chosen = new HashSet<>();
    for (List<Speaker> speakers : byCorpus.values()) {
      List<Speaker> candidates =
          speakers.stream().filter(speaker -> training.contains(speaker.id())).toList();
      if (share > 0 && candidates.size() >= FEWEST_TO_SPARE_ONE) {
        int count = Math.max(1, (int) Math.round(share * candidates.size()));
        candidates.stream()
            .sorted(
                Comparator.comparingLong((Speaker s) -> Hash.of(seed, "validation", s.id()))
                    .thenComparing(Speaker::id))
            .limit(Math.min(count, candidates.size() - 1))
            .forEach(speaker -> chosen.add(speaker.id()));
      }
    }
    return chosen;
  }
}
