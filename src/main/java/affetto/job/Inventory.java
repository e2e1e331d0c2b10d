package affetto.job;

import affetto.table.ClipKey;
import java.io.Serializable;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a table holds of the clips that a sweep wants, and what beside: rows of older recordings,
 * versions or seeds, and second copies. Fill one a partition, then merge.
 */
final class Inventory implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BitSet clips = new BitSet();
  private final TreeMap<String, Long> stale = new TreeMap<>();

  /** Takes in one row. */
  Inventory add(WantedClips wanted, ClipKey row) {
    OptionalInt number = wanted.number(row);
    if (number.isPresent() && !clips.get(number.getAsInt())) {
      clips.set(number.getAsInt());
    } else {
      stale.merge(row.augmentation(), 1L, Long::sum);
    }
    return this;
  }

  /** Takes in what another part of the table holds. */
  Inventory merge(WantedClips wanted, Inventory other) {
    BitSet twice = (BitSet) clips.clone();
    twice.and(other.clips);
    wanted.count(twice).forEach(this::addStale);
    other.stale.forEach(this::addStale);
    clips.or(other.clips);
    return this;
  }

  private void addStale(String augmentation, long rows) {
    if (rows > 0) {
      stale.merge(augmentation, rows, Long::sum);
    }
  }

  /** The wanted clips that are there. */
  BitSet clips() {
    return (BitSet) clips.clone();
  }

  /** Rows that nobody asks for, by augmentation. */
  SortedMap<String, Long> stale() {
    return new TreeMap<>(stale);
  }
}
