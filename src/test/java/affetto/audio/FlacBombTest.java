package affetto.audio;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A small FLAC file of unknown length that unfolds to more samples than memory holds. */
class FlacBombTest {

  @Test
  void unfoldingStopsAtTheMostSamples() {
    byte[] frame = constantFrame();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SoundFiles.ascii("fLaC"));
    file.writeBytes(streamInfo());
    for (int i = 0; i < 1100; i++) {
      file.writeBytes(frame);
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () ->
            assertThatThrownBy(() -> AudioDecoder.decode(file.toByteArray()))
                .isInstanceOf(AudioException.class)
                .hasMessageContaining("at most 33554432"));
  }

  /** 32768 samples of one value in 12 bytes. */
  private static byte[] constantFrame() {
    byte[] head = {(byte) 0xff, (byte) 0xf8, (byte) 0xf0, 0x08, 0, 0};
    head[5] = (byte) crc(head, 5, 8, 0x07);
    byte[] body = SoundFiles.join(head, new byte[] {0, 0x12, 0x34, 0, 0});
    int crc = crc(body, 9, 16, 0x8005);
    body[9] = (byte) (crc >> 8);
    body[10] = (byte) crc;
    return body;
  }

  private static byte[] streamInfo() {
    ByteBuffer info = ByteBuffer.allocate(38);
    info.put((byte) 0x80).put(new byte[] {0, 0, 34});
    info.putShort((short) 32768).putShort((short) 32768).put(new byte[6]);
    // 16000 Hz in 20 bits, one channel in 3, 16 bits in 5, unknown length in 36
    info.putLong((16000L << 44) | (15L << 36));
    return info.array();
  }

  private static int crc(byte[] bytes, int length, int width, int polynomial) {
    return new FlacBits(bytes, length).crc(width, polynomial, 0); // all before where it stands
  }
}
