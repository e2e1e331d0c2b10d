package affetto.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Mono 16-bit WAV files. */
public final class WavWriter {

  /**
   * A chunk beside format and data.
   *
   * @param tag four ASCII characters
   * @param body not copied; an odd length is padded in the file
   */
  @SuppressWarnings("ArrayRecordComponent") // written once, not compared
  public record Chunk(String tag, byte[] body) {
    public Chunk {
      if (tag.length() != 4 || tag.chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw new IllegalArgumentException("not a chunk's tag: '" + tag + "'");
      }
    }

    int bytes() {
      return 8 + body.length + (body.length & 1);
    }
  }

  private WavWriter() {}

  /** A plain WAV file; samples are rounded to 16 bits, those beyond full scale are clipped. */
  public static byte[] pcm16(Waveform waveform) {
    return pcm16(waveform, List.of(), List.of());
  }

  /**
   * A WAV file with more chunks.
   *
   * @param before stand between format and data: the first sample comes at byte 44 plus their bytes
   * @param after stand behind the data
   */
  public static byte[] pcm16(Waveform waveform, List<Chunk> before, List<Chunk> after) {
    float[] samples = waveform.samples();
    int extra = before.stream().mapToInt(Chunk::bytes).sum();
    extra += after.stream().mapToInt(Chunk::bytes).sum();
    ByteBuffer file =
        ByteBuffer.allocate(44 + extra + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WAVEfmt ")).putInt(16);
    file.putShort((short) 1).putShort((short) 1);
    file.putInt(waveform.sampleRate()).putInt(2 * waveform.sampleRate());
    file.putShort((short) 2).putShort((short) 16);
    before.forEach(chunk -> put(chunk, file));
    file.put(ascii("data")).putInt(2 * samples.length);
    for (float sample : samples) {
      file.putShort((short) Math.max(-32768, Math.min(32767, Math.round(sample * 32768f))));
    }
    after.forEach(chunk -> put(chunk, file));
    return file.array();
  }

  private static void put(Chunk chunk, ByteBuffer file) {
    file.put(ascii(chunk.tag())).putInt(chunk.body().length).put(chunk.body());
    if ((chunk.body().length & 1) != 0) {
      file.put((byte) 0);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
