package affetto.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A clip's name and seed: an utterance under an augmentation. */
public final class Clip {

  /** The augmentation that changes nothing. */
  public static final String CLEAN = "clean";

  private Clip() {}

  /** The utterance's id, and the augmentation's behind a tilde unless it is {@code clean}. */
  public static String id(String utterance, String augmentation) {
    return augmentation.equals(CLEAN) ? utterance : utterance + "~" + augmentation;
  }

  /**
   * The seed of all randomness in a clip: the first eight bytes of the SHA-256 of base seed,
   * utterance and augmentation, so the same on every machine and for any number of partitions.
   *
   * @param revision the augmentation's; another one gives another seed, so a row that was computed
   *     in an older way is not the one that is wanted
   */
  public static long seed(long base, String utterance, String augmentation, int revision) {
    String way = revision == 1 ? augmentation : augmentation + "\n" + revision;
    byte[] text = (base + "\n" + utterance + "\n" + way).getBytes(StandardCharsets.UTF_8);
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
