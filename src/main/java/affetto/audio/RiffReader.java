package affetto.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;

/**
 * Finds the samples in a WAV file: RIFF, RIFX (big-endian) or RF64.
 *
 * <p>The size in the RIFF header is not looked at (it is often wrong); chunks may stand before and
 * behind the data.
 *
 * @see <a href="https://tech.ebu.ch/docs/tech/tech3306.pdf">EBU Tech 3306, RF64</a>
 */
final class RiffReader {

  private static final int INTEGERS = 1;
  private static final int FLOATS = 3;
  private static final int A_LAW = 6;
  private static final int MU_LAW = 7;
  private static final int EXTENSIBLE = 0xfffe;

  /** The last 8 bytes of every subformat GUID that stands for a plain format tag. */
  private static final byte[] GUID_TAIL = {
    (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
  };

  private static final long UNKNOWN_SIZE = 0xffffffffL;

  /** What SoX announces when it writes to a pipe, and what ALSA's arecord does. */
  private static final Set<Long> PIPE_SIZES = Set.of(0x7ffff000L, 0x80000000L);

  private final byte[] file;
  private final ByteBuffer bytes;
  private final ByteOrder order;

  private SampleCoding coding;
  private int channels;
  private int sampleRate;
  private int dataAt = -1;
  private int dataLength;
  private long dataSize64 = -1;

  private RiffReader(byte[] file) {
    this.file = file;
    this.order = file[3] == 'X' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    this.bytes = ByteBuffer.wrap(file).order(order);
  }

  /**
   * @param file starts with RIFF, RIFX or RF64
   */
  static PcmRegion find(byte[] file) throws AudioException {
    return new RiffReader(file).region();
  }

  private PcmRegion region() throws AudioException {
    if (file.length < 12) {
      throw new AudioException(
          "truncated: the RIFF header ends after %d bytes".formatted(file.length));
    }
    if (!Chunks.tagAt(file, 8).equals("WAVE")) {
      throw new AudioException("a RIFF file, but not of sound (WAVE)");
    }
    Chunks chunks = new Chunks(file, 12, order);
    while (chunks.more() && (coding == null || dataAt < 0)) {
      take(chunks);
    }
    if (coding == null) {
      throw new AudioException("a WAV file without a format (fmt) chunk");
    }
    if (dataAt < 0) {
      throw new AudioException("a WAV file without a data chunk");
    }
    return new PcmRegion(coding, order, channels, sampleRate, dataAt, dataLength);
  }

  private void take(Chunks chunks) throws AudioException {
    String tag = chunks.tag();
    if (tag.equals("data") && dataAt < 0) {
      dataAt = chunks.body();
      dataLength = dataLength(chunks);
    } else if (!chunks.complete()) {
      throw new AudioException(
          "truncated: chunk '%s' announces %d bytes, %d are present"
              .formatted(printable(tag), chunks.announced(), chunks.present()));
    } else if (tag.equals("fmt ") && coding == null) {
      readFormat(chunks.body(), Math.toIntExact(chunks.announced()));
    } else if (tag.equals("ds64") && chunks.announced() >= 16) {
      dataSize64 = bytes.getLong(chunks.body() + 8);
    }
    if (coding == null || dataAt < 0) {
      chunks.next();
    }
  }

  private int dataLength(Chunks chunks) throws AudioException {
    long announced = chunks.announced();
    boolean streamed = streamed(chunks);
    if (coding == null && (streamed || announced == UNKNOWN_SIZE)) {
      throw new AudioException(
          "a WAV file whose data chunk, of unknown size, stands before any format (fmt) chunk");
    }
    if (announced == UNKNOWN_SIZE && dataSize64 > 0) {
      announced = dataSize64;
    } else if (streamed) {
      return chunks.present();
    }
    if (announced > chunks.present()) {
      throw new AudioException(
          "truncated: the data chunk announces %d bytes, %d are present"
              .formatted(announced, chunks.present()));
    }
    return (int) announced;
  }

  /** A size that a writer left behind who could not go back to put in the true one. */
  private boolean streamed(Chunks chunks) {
    long announced = chunks.announced();
    if (announced == 0) {
      return !Chunks.fill(file, chunks.body(), order);
    }
    return (announced == UNKNOWN_SIZE || PIPE_SIZES.contains(announced)) && !chunks.complete();
  }

  private void readFormat(int at, int size) throws AudioException {
    if (size < 16) {
      throw new AudioException("the format (fmt) chunk has %d bytes, expected 16".formatted(size));
    }
    int tag = bytes.getShort(at) & 0xffff;
    channels = bytes.getShort(at + 2) & 0xffff;
    long rate = bytes.getInt(at + 4) & 0xffffffffL;
    int frameBytes = bytes.getShort(at + 12) & 0xffff;
    int bits = bytes.getShort(at + 14) & 0xffff;
    if (tag == EXTENSIBLE) {
      tag = subformat(at, size);
    }
    PcmRegion.checkClaims(channels, rate);
    sampleRate = (int) rate;
    SampleCoding found = coding(tag, bits);
    if (frameBytes != channels * found.bytes()) {
      throw new AudioException(
          "the header says %d bytes a frame, but %d channels of %d bits make %d"
              .formatted(frameBytes, channels, bits, channels * found.bytes()));
    }
    coding = found;
  }

  private int subformat(int at, int size) throws AudioException {
    if (size < 40) {
      throw new AudioException(
          "the extensible format (fmt) chunk has %d bytes, expected 40".formatted(size));
    }
    boolean plain = Arrays.equals(file, at + 32, at + 40, GUID_TAIL, 0, GUID_TAIL.length);
    int tag = bytes.getInt(at + 24);
    if (!plain || tag < 0 || tag > 0xffff) {
      throw new AudioException("an extensible WAV format of an unknown kind");
    }
    return tag;
  }

  private static SampleCoding coding(int tag, int bits) throws AudioException {
    SampleCoding coding =
        switch (tag) {
          case INTEGERS -> bits == 0 ? null : SampleCoding.integers((bits + 7) / 8, false);
          case FLOATS ->
              bits == 32 ? SampleCoding.FLOAT_32 : bits == 64 ? SampleCoding.FLOAT_64 : null;
          case A_LAW -> bits == 8 ? SampleCoding.A_LAW : null;
          case MU_LAW -> bits == 8 ? SampleCoding.MU_LAW : null;
          default -> throw new AudioException("unsupported WAV format 0x%04X".formatted(tag));
        };
    if (coding == null) {
      throw new AudioException("WAV format 0x%04X with %d bits a sample".formatted(tag, bits));
    }
    return coding;
  }

  private static String printable(String tag) {
    return tag.replaceAll("[^ -~]", "?");
  }
}
