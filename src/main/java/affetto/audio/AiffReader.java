package affetto.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds the samples in an AIFF or AIFF-C file.
 *
 * @see <a href="http://www-mmsp.ece.mcgill.ca/Documents/AudioFormats/AIFF/AIFF.html">AIFF and
 *     AIFF-C, McGill University</a>
 */
final class AiffReader {

  private final byte[] file;
  private final ByteBuffer bytes;
  private final boolean compressed;

  private SampleCoding coding;
  private ByteOrder sampleOrder = ByteOrder.BIG_ENDIAN;
  private int channels;
  private int sampleRate;
  private long frames;
  private int dataAt = -1;
  private long dataLength;

  private AiffReader(byte[] file) {
    this.file = file;
    this.bytes = ByteBuffer.wrap(file);
    this.compressed = Chunks.tagAt(file, 8).equals("AIFC");
  }

  /**
   * @param file starts with FORM
   */
  static PcmRegion find(byte[] file) throws AudioException {
    return new AiffReader(file).region();
  }

  private PcmRegion region() throws AudioException {
    if (!compressed && !Chunks.tagAt(file, 8).equals("AIFF")) {
      throw new AudioException("an IFF file, but not of sound (AIFF, AIFF-C)");
    }
    Chunks chunks = new Chunks(file, 12, ByteOrder.BIG_ENDIAN);
    while (chunks.more() && (coding == null || dataAt < 0)) {
      take(chunks);
      chunks.next();
    }
    if (coding == null) {
      throw new AudioException("an AIFF file without a format (COMM) chunk");
    }
    if (dataAt < 0) {
      if (frames == 0) {
        throw new AudioException("no samples: an AIFF file without a sound (SSND) chunk");
      }
      throw new AudioException("an AIFF file without a sound (SSND) chunk");
    }
    long wanted = frames * channels * coding.bytes();
    if (wanted > dataLength) {
      throw new AudioException(
          "truncated: the header announces %d frames or %d bytes, the sound chunk has %d"
              .formatted(frames, wanted, dataLength));
    }
    return new PcmRegion(coding, sampleOrder, channels, sampleRate, dataAt, (int) wanted);
  }

  private void take(Chunks chunks) throws AudioException {
    if (!chunks.complete()) {
      throw new AudioException(
          "truncated: chunk '%s' announces %d bytes, %d are present"
              .formatted(
                  chunks.tag().replaceAll("[^ -~]", "?"), chunks.announced(), chunks.present()));
    }
    int size = Math.toIntExact(chunks.announced());
    if (chunks.tag().equals("COMM") && coding == null) {
      readCommon(chunks.body(), size);
    } else if (chunks.tag().equals("SSND") && dataAt < 0) {
      readSound(chunks.body(), size);
    }
  }

  private void readCommon(int at, int size) throws AudioException {
    int expected = compressed ? 22 : 18;
    if (size < expected) {
      throw new AudioException(
          "the format (COMM) chunk has %d bytes, expected %d".formatted(size, expected));
    }
    channels = bytes.getShort(at) & 0xffff;
    frames = bytes.getInt(at + 2) & 0xffffffffL;
    int bits = bytes.getShort(at + 6) & 0xffff;
    long rate = Math.round(extended(at + 8));
    PcmRegion.checkClaims(channels, rate);
    sampleRate = (int) rate;
    coding = coding(compressed ? Chunks.tagAt(file, at + 18) : "NONE", bits);
  }

  private void readSound(int at, int size) throws AudioException {
    if (size < 8) {
      throw new AudioException(
          "the sound (SSND) chunk has %d bytes, expected 8 and more".formatted(size));
    }
    long skipped = bytes.getInt(at) & 0xffffffffL;
    if (skipped > size - 8) {
      throw new AudioException(
          "the sound (SSND) chunk starts %d bytes into its %d".formatted(skipped, size - 8));
    }
    dataAt = at + 8 + (int) skipped;
    dataLength = size - 8 - skipped;
  }

  private SampleCoding coding(String compression, int bits) throws AudioException {
    SampleCoding integers = bits == 0 ? null : SampleCoding.integers((bits + 7) / 8, true);
    SampleCoding found =
        switch (compression) {
          case "NONE", "twos" -> integers;
          case "sowt" -> {
            sampleOrder = ByteOrder.LITTLE_ENDIAN;
            yield integers;
          }
          case "raw " -> SampleCoding.UNSIGNED_8;
          case "in24" -> SampleCoding.SIGNED_24;
          case "in32" -> SampleCoding.SIGNED_32;
          case "fl32", "FL32" -> SampleCoding.FLOAT_32;
          case "fl64", "FL64" -> SampleCoding.FLOAT_64;
          case "alaw", "ALAW" -> SampleCoding.A_LAW;
          case "ulaw", "ULAW" -> SampleCoding.MU_LAW;
          default ->
              throw new AudioException(
                  "unsupported AIFF-C compression '%s'"
                      .formatted(compression.replaceAll("[^ -~]", "?")));
        };
    if (found == null) {
      throw new AudioException("AIFF with %d bits a sample".formatted(bits));
    }
    return found;
  }

  /** An 80-bit IEEE 754 extended float; NaN for what is not a number. */
  private double extended(int at) {
    int exponent = bytes.getShort(at);
    long mantissa = bytes.getLong(at + 2);
    if ((exponent & 0x7fff) == 0x7fff) {
      return Double.NaN;
    }
    double unsigned = (mantissa >>> 1) * 2.0 + (mantissa & 1);
    double value = Math.scalb(unsigned, (exponent & 0x7fff) - 16383 - 63);
    return exponent < 0 ? -value : value;
  }
}
