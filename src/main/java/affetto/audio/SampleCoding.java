package affetto.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How one uncompressed sample is written: number of bytes, meaning, and the range [-1, 1). */
enum SampleCoding {
  UNSIGNED_8(1, "pcm_u8", false),
  SIGNED_8(1, "pcm_s8", false),
  SIGNED_16(2, "pcm_s16", true),
  SIGNED_24(3, "pcm_s24", true),
  SIGNED_32(4, "pcm_s32", true),
  FLOAT_32(4, "pcm_f32", true),
  FLOAT_64(8, "pcm_f64", true),
  A_LAW(1, "pcm_alaw", false),
  MU_LAW(1, "pcm_mulaw", false);

  private static final float[] A_LAW_LEVELS = aLawLevels();

  private final int bytes;
  private final String stem;
  private final boolean ordered;

  SampleCoding(int bytes, String stem, boolean ordered) {
    this.bytes = bytes;
    this.stem = stem;
    this.ordered = ordered;
  }

  /** Bytes of one sample of one channel. */
  int bytes() {
    return bytes;
  }

  /** The name for tables: {@code pcm_s16le}, {@code pcm_alaw}. */
  String label(ByteOrder order) {
    if (!ordered) {
      return stem;
    }
    return stem + (order == ByteOrder.BIG_ENDIAN ? "be" : "le");
  }

  /**
   * Integer PCM of this many bytes a sample, or null if there is none.
   *
   * @param signed8 whether one-byte samples are signed (AIFF) or offset by 128 (WAV)
   */
  static SampleCoding integers(int bytes, boolean signed8) {
    return switch (bytes) {
      case 1 -> signed8 ? SIGNED_8 : UNSIGNED_8;
      case 2 -> SIGNED_16;
      case 3 -> SIGNED_24;
      case 4 -> SIGNED_32;
      default -> null;
    };
  }

  /**
   * One sample, full scale 1.0; may be NaN or infinite for the float codings.
   *
   * <p>Integers are divided by 2^(bits-1), as libsndfile does and so librosa. ({@code
   * javax.sound.sampled} divides by 2^(bits-1) - 1, which leaves no sample on the 16-bit grid.)
   */
  double read(ByteBuffer data, int at) {
    return switch (this) {
      case UNSIGNED_8 -> ((data.get(at) & 0xff) - 128) / 128.0;
      case SIGNED_8 -> data.get(at) / 128.0;
      case SIGNED_16 -> data.getShort(at) / 32768.0;
      case SIGNED_24 -> int24(data, at) / 8388608.0;
      case SIGNED_32 -> data.getInt(at) / 2147483648.0;
      case FLOAT_32 -> data.getFloat(at);
      case FLOAT_64 -> data.getDouble(at);
      case A_LAW -> A_LAW_LEVELS[data.get(at) & 0xff];
      case MU_LAW -> MuLaw.decode(data.get(at));
    };
  }

  private static int int24(ByteBuffer data, int at) {
    boolean big = data.order() == ByteOrder.BIG_ENDIAN;
    int high = data.get(big ? at : at + 2);
    int low = data.get(big ? at + 2 : at) & 0xff;
    return (high << 16) | ((data.get(at + 1) & 0xff) << 8) | low;
  }

  /** ITU-T G.711 A-law: 8 segments of 16 steps, even bits inverted; 13 bits scaled to 16. */
  private static float[] aLawLevels() {
    float[] levels = new float[256];
    for (int code = 0; code < 256; code++) {
      int bits = code ^ 0x55;
      int segment = (bits >> 4) & 7;
      int step = (bits & 15) << 4;
      int level = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
      levels[code] = ((bits & 0x80) != 0 ? level : -level) / 32768f;
    }
    return levels;
  }
}
