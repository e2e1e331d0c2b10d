package affetto.audio;

import java.security.MessageDigest;

/** One frame of a FLAC stream after the other, into the same buffers (RFC 9639, section 9). */
final class FlacFrame {

  private static final int SYNC = 0b11111111111110;
  private static final int LEFT_SIDE = 8;
  private static final int SIDE_RIGHT = 9;
  private static final int MID_SIDE = 10;

  /** Rates that a frame names by a code of 1 to 11. */
  private static final int[] RATES = {
    0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000
  };

  /** Bits a sample that a frame names by a code of 1 to 7; 0 is reserved. */
  private static final int[] DEPTHS = {0, 8, 12, 0, 16, 20, 24, 32};

  private final FlacBits bits;
  private final FlacDecoder.StreamInfo info;
  private final long[][] channels;
  private byte[] interleaved = new byte[0];
  private int size;

  FlacFrame(FlacBits bits, FlacDecoder.StreamInfo info) {
    this.bits = bits;
    this.info = info;
    this.channels = new long[info.channels()][0];
  }

  /** Samples of each channel in the frame last read. */
  int size() {
    return size;
  }

  /** Samples of a channel; only the first {@link #size()} count. */
  long[] channel(int index) {
    return channels[index];
  }

  void read() throws AudioException {
    int start = bits.byteOffset();
    int assignment = readHeader(start);
    for (int channel = 0; channel < channels.length; channel++) {
      boolean side = assignment == SIDE_RIGHT ? channel == 0 : assignment > 7 && channel == 1;
      if (channels[channel].length < size) {
        channels[channel] = new long[size];
      }
      FlacSubframe.read(bits, channels[channel], size, side ? info.bits() + 1 : info.bits());
    }
    bits.align();
    int crc = bits.crc(16, 0x8005, start);
    if (bits.read(16) != crc) {
      throw new AudioException("a FLAC frame at byte %d fails its checksum".formatted(start));
    }
    decorrelate(assignment);
  }

  /** Returns the channel assignment. */
  private int readHeader(int start) throws AudioException {
    if (bits.read(14) != SYNC || bits.read(1) != 0) {
      throw new AudioException("no FLAC frame at byte %d".formatted(start));
    }
    bits.read(1);
    int sizeCode = (int) bits.read(4);
    int rateCode = (int) bits.read(4);
    int assignment = (int) bits.read(4);
    int depthCode = (int) bits.read(3);
    bits.read(1);
    skipNumber();
    size = readSize(sizeCode);
    int rate = readRate(rateCode);
    int crc = bits.crc(8, 0x07, start);
    if (bits.read(8) != crc) {
      throw new AudioException(
          "a FLAC frame's header at byte %d fails its checksum".formatted(start));
    }
    int depth = depthCode == 0 ? info.bits() : DEPTHS[depthCode];
    int count = assignment < 8 ? assignment + 1 : 2;
    boolean agrees = rate == info.sampleRate() && depth == info.bits() && count == channels.length;
    if (!agrees || assignment > MID_SIDE || size == 0 || size > Math.max(info.maxBlock(), 16)) {
      throw new AudioException(
          "the FLAC frame at byte %d disagrees with the stream's header".formatted(start));
    }
    return assignment;
  }

  /** The frame's or sample's number in UTF-8's manner: the leading ones count the bytes. */
  private void skipNumber() throws AudioException {
    int first = (int) bits.read(8);
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    for (int i = 1; i < ones; i++) {
      bits.read(8);
    }
  }

  private int readSize(int code) throws AudioException {
    return switch (code) {
      case 0 -> 0;
      case 1 -> 192;
      case 2, 3, 4, 5 -> 144 << code;
      case 6 -> (int) bits.read(8) + 1;
      case 7 -> (int) bits.read(16) + 1;
      default -> 1 << code;
    };
  }

  private int readRate(int code) throws AudioException {
    return switch (code) {
      case 0 -> info.sampleRate();
      case 12 -> (int) bits.read(8) * 1000;
      case 13 -> (int) bits.read(16);
      case 14 -> (int) bits.read(16) * 10;
      case 15 -> 0;
      default -> RATES[code];
    };
  }

  private void decorrelate(int assignment) {
    if (assignment < LEFT_SIDE) {
      return;
    }
    long[] first = channels[0];
    long[] second = channels[1];
    for (int i = 0; i < size; i++) {
      if (assignment == LEFT_SIDE) {
        second[i] = first[i] - second[i];
      } else if (assignment == SIDE_RIGHT) {
        first[i] += second[i];
      } else {
        long sum = (first[i] << 1) | (second[i] & 1);
        first[i] = (sum + second[i]) >> 1;
        second[i] = (sum - second[i]) >> 1;
      }
    }
  }

  /** Adds the frame's samples to the stream's MD5: interleaved, little-endian. */
  void addTo(MessageDigest digest) {
    int width = (info.bits() + 7) / 8;
    int length = size * channels.length * width;
    if (interleaved.length < length) {
      interleaved = new byte[length];
    }
    int at = 0;
    for (int i = 0; i < size; i++) {
      for (long[] channel : channels) {
        for (int b = 0; b < width; b++) {
          interleaved[at++] = (byte) (channel[i] >> (8 * b));
        }
      }
    }
    digest.update(interleaved, 0, length);
  }
}
