package affetto.archive;

import java.nio.charset.StandardCharsets;

/**
 * A block of a tar that says what follows it.
 *
 * @param name as it stands there, or where an extension has put it
 * @param type a character: {@code '0'} for a file
 * @param bytes of what follows; blocks are filled up
 * @param fault what is wrong with it, null if nothing
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">pax, IEEE Std
 *     1003.1</a>
 */
record TarHeader(String name, char type, long bytes, String fault) {

  static final int BLOCK = 512;

  /** Where GNU's tar says that a sparse file's map goes on, in a header and in a further block. */
  static final int SPARSE_MORE_AT = 482;

  static final int SPARSE_STILL_MORE_AT = 504;

  private static final int SUM_AT = 148;
  private static final int SUM_BYTES = 8;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;

  /** No file system holds larger files; sums of such sizes do not overflow. */
  private static final long MOST_BYTES = 1L << 56;

  static boolean isEnd(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a header.
   *
   * @param at where it stands, for messages
   * @throws ArchiveException if it is none
   */
  static TarHeader read(byte[] block, long at) throws ArchiveException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean ofSum = i >= SUM_AT && i < SUM_AT + SUM_BYTES;
      sum += ofSum ? ' ' : block[i] & 0xff;
    }
    long bytes = number(block, SIZE_AT, SIZE_BYTES);
    if (number(block, SUM_AT, SUM_BYTES) != sum || bytes < 0 || bytes > MOST_BYTES) {
      throw new ArchiveException(
          at == 0 ? "not a tar" : "damaged at byte %d: what stood behind is lost".formatted(at));
    }
    char type = (char) (block[156] & 0xff);
    boolean posix = text(block, 257, 6).equals("ustar") && block[262] == 0;
    String prefix = posix ? text(block, 345, 155) : "";
    String name = text(block, 0, 100);
    String full = prefix.isEmpty() ? name : prefix + "/" + name;
    // A hard link tells the size of what it points to, and nothing follows it.
    return new TarHeader(full, type, type == '1' ? 0 : bytes, null);
  }

  /** An octal number, or a binary one where the first bit is set; -1 if it is neither. */
  private static long number(byte[] block, int at, int length) {
    if ((block[at] & 0x80) != 0) {
      long value = block[at] & 0x3f;
      for (int i = 1; i < length; i++) {
        if (value > MOST_BYTES) {
          return -1;
        }
        value = (value << 8) | (block[at + i] & 0xff);
      }
      return (block[at] & 0x40) != 0 ? -1 : value;
    }
    String digits = text(block, at, length).strip();
    return digits.matches("[0-7]{1,12}") ? Long.parseLong(digits, 8) : digits.isEmpty() ? 0 : -1;
  }

  /** Up to the first zero. */
  static String text(byte[] bytes, int at, int length) {
    int end = at;
    while (end < at + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, at, end - at, StandardCharsets.UTF_8);
  }

  TarHeader with(String newName, long newBytes, String newFault) {
    return new TarHeader(newName, type, newBytes, newFault);
  }

  boolean folder() {
    return type == '5' || ((type == '0' || type == 0) && name.endsWith("/"));
  }

  /** Whether it is a file that GNU's tar has stored without its holes. */
  boolean sparse() {
    return type == 'S';
  }

  /** Bytes of what follows, with what fills up the last block. */
  long padded() {
    return (bytes + BLOCK - 1) / BLOCK * BLOCK;
  }

  /**
   * The member.
   *
   * @param at of its first byte
   * @throws ArchiveException if it is none that can be read
   */
  Member member(long at) throws ArchiveException {
    String path = MemberName.path(name);
    if (fault != null) {
      throw new ArchiveException(fault);
    }
    if (type == '1' || type == '2') {
      throw new ArchiveException("a link, which is not followed");
    }
    if (sparse()) {
      throw new ArchiveException("a sparse file, which is not read");
    }
    if (type != '0' && type != 0 && type != '7') {
      throw new ArchiveException("neither a file nor a folder");
    }
    return new Member(path, bytes, new Member.InTar(at));
  }
}
