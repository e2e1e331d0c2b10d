package affetto.job;

import affetto.table.ClipKey;
import java.io.Serializable;
import java.util.Map;
import java.util.OptionalInt;
import org.roaringbitmap.RoaringBitmap;

/** Numbers for the rows that are true, so that a set of them is a set of bits. */
interface Numbering extends Serializable {

  /** The number of a row; empty if it is none that counts. */
  OptionalInt number(ClipKey row);

  /** How many rows of a set each augmentation has. */
  Map<String, Long> count(RoaringBitmap rows);
}
