package affetto.audio;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/** Mono samples of 16 bits, as nearly all speech is stored: read without asking what each is. */
final class Pcm16 {
  private Pcm16() {}

  /**
   * Reads samples.
   *
   * @param data in its order of bytes
   * @param offset of the first sample's first byte
   * @return shape [count], full scale 32768
   */
  static float[] read(ByteBuffer data, int offset, int count) {
    ShortBuffer shorts = data.duplicate().order(data.order()).position(offset).asShortBuffer();
    short[] values = new short[count];
    shorts.get(values);
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      samples[i] = values[i] * (1 / 32768f);
    }
    return samples;
  }
}
