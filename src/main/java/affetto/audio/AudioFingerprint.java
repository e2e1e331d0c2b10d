package affetto.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A name for a sound by its content, to find the same recording under two names. */
public final class AudioFingerprint {

  private static final int STEP = 1 << 14;

  private AudioFingerprint() {}

  /**
   * SHA-256 of the sample rate and the samples: equal for equal sound, however the file stored it.
   * (A negative zero counts as zero.)
   *
   * @return 64 lower-case hexadecimal digits
   */
  public static String of(Waveform waveform) {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(4 * STEP).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(waveform.sampleRate());
    for (float sample : waveform.samples()) {
      if (!buffer.hasRemaining()) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      buffer.putFloat(sample == 0f ? 0f : sample);
    }
    digest.update(buffer.flip());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
