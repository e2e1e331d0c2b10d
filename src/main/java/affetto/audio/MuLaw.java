package affetto.audio;

/**
 * ITU-T G.711 mu-law: telephony's 8 bits a sample, in 8 segments whose steps double, so that the
 * signal-to-noise ratio is near 38 dB for loud sounds and soft ones.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-G.711">ITU-T G.711</a>
 */
public final class MuLaw {
  /** Lifts magnitudes so that each segment begins at a power of two; on the scale of 16 bits. */
  private static final int BIAS = 0x84;

  private static final int LARGEST = 0x7fff - BIAS;
  private static final float[] LEVELS = levels();

  private MuLaw() {}

  /**
   * The code of the step that a sample lies in.
   *
   * @param sample full scale 1.0; beyond 0.98 it is clipped
   * @return sign, segment and step, all bits inverted
   */
  public static byte encode(float sample) {
    int biased = BIAS + (int) Math.min(LARGEST, Math.abs(sample) * 32768);
    int segment = 24 - Integer.numberOfLeadingZeros(biased);
    int step = (biased >> (segment + 3)) & 15;
    return (byte) ~((sample < 0 ? 0x80 : 0) | segment << 4 | step);
  }

  /** The level of a code, -0.98 to 0.98. */
  public static float decode(byte code) {
    return LEVELS[code & 0xff];
  }

  private static float[] levels() {
    float[] levels = new float[256];
    for (int code = 0; code < 256; code++) {
      int bits = ~code;
      int level = ((((bits & 15) << 3) + BIAS) << ((bits >> 4) & 7)) - BIAS;
      levels[code] = ((bits & 0x80) != 0 ? -level : level) / 32768f;
    }
    return levels;
  }
}
