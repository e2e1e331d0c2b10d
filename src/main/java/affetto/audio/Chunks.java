package affetto.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A walk over the chunks of a RIFF or IFF file: tag, size, body, padding to an even offset. */
final class Chunks {

  private static final int HEADER = 8;

  private final ByteBuffer file;
  private int tagAt;

  /**
   * @param from where the first chunk's tag stands
   */
  Chunks(byte[] file, int from, ByteOrder order) {
    this.file = ByteBuffer.wrap(file).order(order);
    this.tagAt = from;
  }

  /** Whether a whole chunk header stands here. */
  boolean more() {
    return tagAt <= file.limit() - HEADER;
  }

  String tag() {
    return tagAt(file.array(), tagAt);
  }

  /** What the header announces; 0 to 2^32 - 1. */
  long announced() {
    return file.getInt(tagAt + 4) & 0xffffffffL;
  }

  int body() {
    return tagAt + HEADER;
  }

  /** Bytes between the chunk's header and the end of the file. */
  int present() {
    return file.limit() - body();
  }

  boolean complete() {
    return announced() <= present();
  }

  /**
   * Steps behind this chunk, which must be complete. A body of odd size is padded by one byte; a
   * writer that forgot it is forgiven if a tag stands right there.
   */
  void next() {
    int end = body() + Math.toIntExact(announced());
    boolean odd = (announced() & 1) != 0;
    boolean forgotten = odd && end < file.limit() && file.get(end) != 0 && plausibleTag(end);
    tagAt = odd && !forgotten ? end + 1 : end;
  }

  /** Whether well-formed chunks follow one another from here exactly to the end of the file. */
  static boolean fill(byte[] file, int from, ByteOrder order) {
    Chunks chunks = new Chunks(file, from, order);
    while (chunks.more()) {
      if (!chunks.plausibleTag(chunks.tagAt) || !chunks.complete()) {
        return false;
      }
      chunks.next();
    }
    return chunks.tagAt >= file.length;
  }

  /** The four bytes there as text, shorter at the end of the file. */
  static String tagAt(byte[] file, int at) {
    int length = Math.max(0, Math.min(4, file.length - at));
    return new String(file, Math.min(at, file.length), length, StandardCharsets.ISO_8859_1);
  }

  private boolean plausibleTag(int at) {
    String tag = tagAt(file.array(), at);
    return tag.length() == 4 && tag.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
