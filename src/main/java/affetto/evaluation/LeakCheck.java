package affetto.evaluation;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees every row's role and finds who stands on both sides. Fill one a partition, then merge: the
 * memory is that of the names of speakers, utterances and recordings, not of rows.
 */
public final class LeakCheck implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int LEARNT = 1;
  private static final int TESTED = 2;
  private static final int EXAMPLES = 3;

  private final Map<String, Integer> speakers = new HashMap<>();
  private final Map<String, Integer> utterances = new HashMap<>();
  private final Map<String, Integer> recordings = new HashMap<>();

  /** Takes in one row; validation counts as learnt from, since training stops by it. */
  public LeakCheck add(Role role, RowKey row) {
    int side =
        switch (role) {
          case TRAIN, VALIDATION -> LEARNT;
          case TEST -> TESTED;
          case UNUSED -> 0;
        };
    if (side != 0) {
      mark(speakers, row.speaker(), side);
      mark(utterances, row.utterance(), side);
      mark(recordings, row.recording(), side);
    }
    return this;
  }

  /** Adds what another check has seen. */
  public LeakCheck merge(LeakCheck other) {
    other.speakers.forEach((name, sides) -> mark(speakers, name, sides));
    other.utterances.forEach((name, sides) -> mark(utterances, name, sides));
    other.recordings.forEach((name, sides) -> mark(recordings, name, sides));
    return this;
  }

  /** What was found. */
  public SpeakerLeakage report() {
    return new SpeakerLeakage(
        tested(speakers),
        both(speakers),
        tested(utterances),
        both(utterances),
        both(recordings),
        examples(speakers),
        examples(utterances),
        examples(recordings));
  }

  private static void mark(Map<String, Integer> sides, String name, int side) {
    sides.merge(name, side, (a, b) -> a | b);
  }

  private static long tested(Map<String, Integer> sides) {
    return sides.values().stream().filter(side -> (side & TESTED) != 0).count();
  }

  private static long both(Map<String, Integer> sides) {
    return sides.values().stream().filter(side -> side == (LEARNT | TESTED)).count();
  }

  private static List<String> examples(Map<String, Integer> sides) {
    return sides.entrySet().stream()
        .filter(entry -> entry.getValue() == (LEARNT | TESTED))
        .map(Map.Entry::getKey)
        .sorted()
        .limit(EXAMPLES)
        .toList();
  }
}
