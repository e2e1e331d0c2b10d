package affetto.table;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * How the rows of one augmentation came about, recordings aside.
 *
 * @param version of the feature set
 * @param seed base of every clip's own
 * @param revision of the augmentation
 */
public record Origin(String version, long seed, int revision) {

  private static final int DIGITS = 8;

  /** Eight hex digits, the same for equal origins. */
  public String id() {
    byte[] text = (version + "\n" + seed + "\n" + revision).getBytes(StandardCharsets.UTF_8);
    return DigestUtils.sha256Hex(text).substring(0, DIGITS);
  }
}
