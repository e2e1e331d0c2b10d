package affetto.audio;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Mono sound as bytes for a table's column, without loss: {@code toWaveform()} gives the samples
 * back exactly as {@code of} took them (a negative zero as zero).
 *
 * @param encoding {@link #PCM_16} or {@link #FLOAT_32}
 * @param bytes little-endian samples without any header; not copied
 * @param sampleRate samples per second
 */
@SuppressWarnings("ArrayRecordComponent") // carried to a column, not compared
public record StoredAudio(String encoding, byte[] bytes, int sampleRate) implements Serializable {

  /** Signed 16-bit integers, full scale 32768: where every sample lies on that grid. */
  public static final String PCM_16 = "pcm_s16le";

  /** IEEE 754 single precision: for all else, as 24-bit files or the mean of two channels. */
  public static final String FLOAT_32 = "pcm_f32le";

  public StoredAudio {
    Objects.requireNonNull(bytes, "bytes");
    if (!encoding.equals(PCM_16) && !encoding.equals(FLOAT_32)) {
      throw new IllegalArgumentException("unknown encoding of stored audio: " + encoding);
    }
  }

  /** The smallest of the two encodings that loses nothing. */
  public static StoredAudio of(Waveform waveform) {
    float[] samples = waveform.samples();
    boolean grid = onGrid(samples);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(samples.length, grid ? 2 : 4))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      if (grid) {
        bytes.putShort((short) (sample * 32768f));
      } else {
        bytes.putFloat(sample == 0f ? 0f : sample);
      }
    }
    return new StoredAudio(grid ? PCM_16 : FLOAT_32, bytes.array(), waveform.sampleRate());
  }

  /** The samples again. */
  public Waveform toWaveform() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (encoding.equals(PCM_16)) {
      return new Waveform(Pcm16.read(buffer, 0, bytes.length / 2), sampleRate);
    }
    float[] samples = new float[bytes.length / 4];
    buffer.asFloatBuffer().get(samples);
    return new Waveform(samples, sampleRate);
  }

  private static boolean onGrid(float[] samples) {
    for (float sample : samples) {
      float scaled = sample * 32768f; // exact: a power of two
      if (!(scaled >= -32768f && scaled <= 32767f) || scaled != (short) scaled) {
        return false;
      }
    }
    return true;
  }
}
