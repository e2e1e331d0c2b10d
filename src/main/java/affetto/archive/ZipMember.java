package affetto.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads one member of a zip from its place, and believes it only if its checksum is right. */
final class ZipMember {

  /** Of a local header without its name and extra fields. */
  static final int HEADER_BYTES = 30;

  private static final int SIGNATURE = 0x04034b50;
  private static final int STEP = 1 << 16;

  private final SeekableBytes zip;
  private final Member member;
  private final Member.InZip place;

  ZipMember(SeekableBytes zip, Member member, Member.InZip place) {
    this.zip = zip;
    this.member = member;
    this.place = place;
  }

  byte[] read() throws ArchiveException, IOException {
    long at = dataAt();
    if (place.packedBytes() > zip.length() - at) {
      throw new ArchiveException("cut short: the archive ends before it does");
    }
    byte[] bytes = new byte[Math.toIntExact(member.bytes())];
    if (place.deflated()) {
      inflate(at, bytes);
    } else {
      zip.read(at, bytes, 0, bytes.length);
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if ((int) crc.getValue() != place.crc()) {
      throw new ArchiveException("damaged: its checksum is wrong");
    }
    return bytes;
  }

  private long dataAt() throws ArchiveException, IOException {
    if (place.headerAt() > zip.length() - HEADER_BYTES) {
      throw new ArchiveException("cut short: the archive ends before it does");
    }
    byte[] bytes = new byte[HEADER_BYTES];
    zip.read(place.headerAt(), bytes, 0, HEADER_BYTES);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int name = header.getShort(26) & 0xffff;
    int extra = header.getShort(28) & 0xffff;
    boolean deflated = header.getShort(8) != 0;
    if (header.getInt(0) != SIGNATURE || deflated != place.deflated()) {
      throw new ArchiveException("damaged: its header is not what the directory says");
    }
    return place.headerAt() + HEADER_BYTES + name + extra;
  }

  private void inflate(long from, byte[] bytes) throws ArchiveException, IOException {
    Inflater inflater = new Inflater(true);
    try {
      byte[] packed = new byte[(int) Math.min(STEP, place.packedBytes())];
      long at = from;
      long end = from + place.packedBytes();
      int done = 0;
      byte[] beyond = new byte[1];
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int some = (int) Math.min(packed.length, end - at);
          if (some == 0) {
            throw new ArchiveException("damaged: its packed bytes end too early");
          }
          zip.read(at, packed, 0, some);
          inflater.setInput(packed, 0, some);
          at += some;
        }
        boolean full = done == bytes.length;
        int more =
            full ? inflater.inflate(beyond) : inflater.inflate(bytes, done, bytes.length - done);
        if (inflater.needsDictionary() || (full && more > 0)) {
          throw new ArchiveException(
              "it unfolds to more than the %d bytes that it announces".formatted(bytes.length));
        }
        done += more;
      }
      if (done < bytes.length) {
        throw new ArchiveException(
            "it announces %d bytes and unfolds to %d".formatted(bytes.length, done));
      }
    } catch (DataFormatException e) {
      throw new ArchiveException("damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
