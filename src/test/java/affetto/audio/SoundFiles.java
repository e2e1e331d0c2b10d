package affetto.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Sound files made byte by byte, right ones and wrong ones. */
final class SoundFiles {

  static final int INTEGERS = 1;
  static final int FLOATS = 3;
  static final int A_LAW = 6;
  static final int MU_LAW = 7;

  private SoundFiles() {}

  /** The samples that the plain files hold: 100 frames of a ramp on the 8-bit grid. */
  static float[] ramp(int frames) {
    float[] samples = new float[frames];
    for (int i = 0; i < frames; i++) {
      samples[i] = ((i * 7) % 200 - 100) / 128f;
    }
    return samples;
  }

  /** Interleaved samples in a coding's bytes. */
  static byte[] encode(float[] samples, SampleCoding coding, ByteOrder order) {
    ByteBuffer data = ByteBuffer.allocate(samples.length * coding.bytes()).order(order);
    for (float sample : samples) {
      switch (coding) {
        case UNSIGNED_8 -> data.put((byte) (Math.round(sample * 128) + 128));
        case SIGNED_8 -> data.put((byte) Math.round(sample * 128));
        case SIGNED_16 -> data.putShort((short) Math.round(sample * 32768));
        case SIGNED_24 -> put24(data, Math.round(sample * 8388608));
        case SIGNED_32 -> data.putInt((int) (sample * 2147483648.0));
        case FLOAT_32 -> data.putFloat(sample);
        case FLOAT_64 -> data.putDouble(sample);
        case A_LAW, MU_LAW -> throw new IllegalArgumentException("no encoder: " + coding);
      }
    }
    return data.array();
  }

  private static void put24(ByteBuffer data, int value) {
    boolean big = data.order() == ByteOrder.BIG_ENDIAN;
    data.put((byte) (value >> (big ? 16 : 0)));
    data.put((byte) (value >> 8));
    data.put((byte) (value >> (big ? 0 : 16)));
  }

  /** The body of a format chunk. */
  static byte[] format(int tag, int channels, long rate, int frameBytes, int bits) {
    ByteBuffer body = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    body.putShort((short) tag).putShort((short) channels).putInt((int) rate);
    body.putInt((int) rate * frameBytes).putShort((short) frameBytes).putShort((short) bits);
    return body.array();
  }

  static byte[] extensible(int tag, int channels, int rate, int frameBytes, int bits) {
    ByteBuffer body = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    body.put(format(0xfffe, channels, rate, frameBytes, bits)).putShort((short) 22);
    body.putShort((short) bits).putInt(0).putShort((short) tag);
    body.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38});
    body.put(new byte[] {(byte) 0x9b, 0x71});
    return body.array();
  }

  /** A chunk whose header tells the truth, padded to an even length. */
  static byte[] chunk(String tag, byte[] body, ByteOrder order) {
    byte[] chunk = chunk(tag, body.length, body, order);
    return body.length % 2 == 0 ? chunk : join(chunk, new byte[1]);
  }

  /** A chunk that announces what it likes. */
  static byte[] chunk(String tag, long announced, byte[] body, ByteOrder order) {
    ByteBuffer header = ByteBuffer.allocate(8).order(order);
    header.put(ascii(tag)).putInt((int) announced);
    return join(header.array(), body);
  }

  static byte[] riff(byte[]... chunks) {
    byte[] body = join(chunks);
    ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    header.put(ascii("RIFF")).putInt(body.length + 4).put(ascii("WAVE"));
    return join(header.array(), body);
  }

  static byte[] wav(byte[] format, byte[] data) {
    return riff(le("fmt ", format), le("data", data));
  }

  static byte[] le(String tag, byte[] body) {
    return chunk(tag, body, ByteOrder.LITTLE_ENDIAN);
  }

  /** An AIFF file, or AIFF-C if a compression is given. */
  static byte[] aiff(
      String compression, int channels, long frames, int bits, int rate, byte[] data) {
    ByteBuffer common = ByteBuffer.allocate(compression == null ? 18 : 24);
    common.putShort((short) channels).putInt((int) frames).putShort((short) bits);
    int shift = Integer.numberOfLeadingZeros(rate);
    common.putShort((short) (16383 + 31 - shift)).putLong((long) rate << (32 + shift));
    if (compression != null) {
      common.put(ascii(compression)).putShort((short) 0);
    }
    byte[] sound = join(new byte[8], data);
    byte[] body =
        join(
            ascii(compression == null ? "AIFF" : "AIFC"),
            chunk("COMM", common.array(), ByteOrder.BIG_ENDIAN),
            chunk("SSND", sound, ByteOrder.BIG_ENDIAN));
    return chunk("FORM", body, ByteOrder.BIG_ENDIAN);
  }

  /** A Sun AU file of 16-bit samples. */
  static byte[] au(int announced, byte[] data) {
    ByteBuffer header = ByteBuffer.allocate(28);
    header.put(ascii(".snd")).putInt(28).putInt(announced).putInt(3).putInt(8000).putInt(1);
    return join(header.array(), data);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
