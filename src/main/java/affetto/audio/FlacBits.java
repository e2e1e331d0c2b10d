package affetto.audio;

import java.nio.ByteBuffer;

/** The bits of a FLAC stream, most significant first; running out of them is an AudioException. */
final class FlacBits {

  private final byte[] bytes;
  private final ByteBuffer view;
  private final long end;
  private long at;

  FlacBits(byte[] bytes, int fromByte) {
    this.bytes = bytes;
    this.view = ByteBuffer.wrap(bytes);
    this.at = fromByte * 8L;
    this.end = bytes.length * 8L;
  }

  /**
   * The next bits as an unsigned number.
   *
   * @param count 0 to 56
   */
  long read(int count) throws AudioException {
    if (count > end - at) {
      throw new AudioException(
          "truncated: the FLAC stream ends after %d bytes".formatted(bytes.length));
    }
    if (count == 0) {
      return 0;
    }
    long value = window() >>> (64 - count);
    at += count;
    return value;
  }

  /**
   * The next bits as a two's complement number.
   *
   * @param count 0 to 56
   */
  long readSigned(int count) throws AudioException {
    long value = read(count);
    return count == 0 ? 0 : (value << (64 - count)) >> (64 - count);
  }

  /** The number of zeros before the next one, which is passed. */
  long readUnary() throws AudioException {
    long zeros = 0;
    while (true) {
      long window = window();
      int run = Long.numberOfLeadingZeros(window);
      if (run < 56) {
        at += run;
        read(1);
        return zeros + run;
      }
      zeros += 56;
      read(56);
    }
  }

  /** At least 57 of the coming bits at the top of a long; zeros behind the end. */
  private long window() {
    int first = (int) (at >>> 3);
    if (first <= bytes.length - Long.BYTES) {
      return view.getLong(first) << (at & 7);
    }
    long window = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      int next = first + i;
      window = (window << 8) | (next < bytes.length ? bytes[next] & 0xff : 0);
    }
    return window << (at & 7);
  }

  void align() {
    at = (at + 7) & ~7L;
  }

  void skipBytes(int count) throws AudioException {
    if (count * 8L > end - at) {
      throw new AudioException("truncated: the FLAC metadata runs beyond the end of the file");
    }
    at += count * 8L;
  }

  int byteOffset() {
    return (int) (at >>> 3);
  }

  int bytesLeft() {
    return bytes.length - byteOffset();
  }

  /** CRC of the bytes from there to here: width 8 with polynomial 0x07 or 16 with 0x8005. */
  int crc(int width, int polynomial, int from) {
    int top = 1 << (width - 1);
    int crc = 0;
    for (int i = from; i < byteOffset(); i++) {
      crc ^= (bytes[i] & 0xff) << (width - 8);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & top) != 0 ? (crc << 1) ^ polynomial : crc << 1;
      }
    }
    return crc & ((1 << width) - 1);
  }
}
