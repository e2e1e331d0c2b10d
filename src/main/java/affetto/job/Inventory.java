package affetto.job;

import affetto.table.ClipKey;
import java.io.Serializable;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a table holds of the clips that a numbering knows, and what beside: rows of older
 * recordings, versions or seeds, and second copies. Fill one a partition, then merge; those of a
 * million rows take some kilobytes.
 */
final class Inventory implements Serializable {
  private static final long serialVersionUID = 1L;

  private final RoaringBitmap clips = new RoaringBitmap();
  private final TreeMap<String, Long> stale = new TreeMap<>();

  /** What lies in rows, by one pass over their key columns. */
  static Inventory of(Dataset<Row> rows, Broadcast<? extends Numbering> numbering) {
    return ClipKey.of(rows)
        .aggregate(
            new Inventory(),
            (inventory, row) -> inventory.add(numbering.value(), row),
            (inventory, other) -> inventory.merge(numbering.value(), other));
  }

  /** Takes in one row. */
  Inventory add(Numbering numbering, ClipKey row) {
    OptionalInt number = numbering.number(row);
    if (number.isEmpty() || !clips.checkedAdd(number.getAsInt())) {
      stale.merge(row.augmentation(), 1L, Long::sum);
    }
    return this;
  }

  /** Takes in what another part of the table holds. */
  Inventory merge(Numbering numbering, Inventory other) {
    RoaringBitmap twice = RoaringBitmap.and(clips, other.clips);
    if (!twice.isEmpty()) {
      numbering.count(twice).forEach(this::addStale);
    }
    other.stale.forEach(this::addStale);
    clips.or(other.clips);
    return this;
  }

  private void addStale(String augmentation, long rows) {
    if (rows > 0) {
      stale.merge(augmentation, rows, Long::sum);
    }
  }

  /** The numbered clips that are there. */
  RoaringBitmap clips() {
    return clips.clone();
  }

  /** Rows that nobody asks for, by augmentation. */
  SortedMap<String, Long> stale() {
    return new TreeMap<>(stale);
  }
}
