package affetto.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What a zip's directory says of one member.
 *
 * @param name as it stands there
 * @param flags its bits
 * @param method how it is packed
 * @param mode what Unix knows of it; 0 where it was packed elsewhere
 * @param crc of its unpacked bytes
 * @param packed its bytes in the archive
 * @param bytes its unpacked bytes
 * @param headerAt where its local header is
 */
record ZipRecord(
    String name, int flags, int method, int mode, int crc, long packed, long bytes, long headerAt) {

  /** Of a record without its name, extra fields and comment. */
  static final int BYTES = 46;

  private static final int SIGNATURE = 0x02014b50;
  private static final int ENCRYPTED = 1 | (1 << 13);
  private static final int UTF_8 = 1 << 11;
  private static final int UNIX = 3;
  private static final int FILE_TYPE = 0xf000;
  private static final int REGULAR = 0x8000;
  private static final int LINK = 0xa000;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int ZIP_64 = 1;
  private static final long UNSAID = 0xffffffffL;

  /** DEFLATE makes at most 258 bytes of two bits; what claims more lies. */
  private static final long MOST_RATIO = 1032;

  /** Reads the next record. */
  static ZipRecord read(Window window) throws ArchiveException, IOException {
    ByteBuffer head = window.take(BYTES);
    if (head.getInt(0) != SIGNATURE) {
      throw new ArchiveException("damaged: its directory holds something else than members");
    }
    int flags = unsigned(head, 8);
    byte[] name = window.take(unsigned(head, 28)).array();
    ByteBuffer extra = window.take(unsigned(head, 30));
    window.skip(unsigned(head, 32));
    boolean unix = unsigned(head, 4) >> 8 == UNIX;
    long[] sizes = {head.getInt(24) & UNSAID, head.getInt(20) & UNSAID, head.getInt(42) & UNSAID};
    resolve(sizes, extra);
    return new ZipRecord(
        text(name, (flags & UTF_8) != 0),
        flags,
        unsigned(head, 10),
        unix ? unsigned(head, 40) : 0,
        head.getInt(16),
        sizes[1],
        sizes[0],
        sizes[2]);
  }

  /** Sizes and offset that 32 bits could not hold stand in an extra field, in this order. */
  private static void resolve(long[] sizes, ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = extra.getShort() & 0xffff;
      int length = Math.min(extra.getShort() & 0xffff, extra.remaining());
      ByteBuffer field = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      if (id == ZIP_64) {
        for (int i = 0; i < sizes.length; i++) {
          if (sizes[i] == UNSAID && field.remaining() >= Long.BYTES) {
            sizes[i] = field.getLong();
          }
        }
      }
      extra.position(extra.position() + length);
    }
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xffff;
  }

  /** UTF-8 where it says so or could be; else what the first zips were written in. */
  private static String text(byte[] name, boolean utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      return new String(name, utf8 ? StandardCharsets.UTF_8 : Charset.forName("IBM437"));
    }
  }

  boolean folder() {
    return name.endsWith("/") || (name.endsWith("\\") && bytes == 0);
  }

  /**
   * The member.
   *
   * @throws ArchiveException if it is none that can be read, or its numbers cannot be true
   */
  Member member() throws ArchiveException {
    String path = MemberName.path(name.replace('\\', '/'));
    int type = mode & FILE_TYPE;
    if (type == LINK) {
      throw new ArchiveException("a link, which is not followed");
    }
    if (type != 0 && type != REGULAR) {
      throw new ArchiveException("neither a file nor a folder");
    }
    if ((flags & ENCRYPTED) != 0) {
      throw new ArchiveException("encrypted");
    }
    if (method != STORED && method != DEFLATED) {
      throw new ArchiveException(
          "packed by method %d; read are 0 (stored) and 8 (deflated)".formatted(method));
    }
    if (packed < 0 || bytes < 0 || headerAt < 0) {
      throw new ArchiveException("damaged: its size or place is below zero");
    }
    boolean lies = method == STORED ? bytes != packed : bytes / MOST_RATIO > packed;
    if (lies) {
      throw new ArchiveException(
          "it announces %d bytes, which %d cannot unfold to".formatted(bytes, packed));
    }
    return new Member(path, bytes, new Member.InZip(headerAt, method == DEFLATED, packed, crc));
  }
}
