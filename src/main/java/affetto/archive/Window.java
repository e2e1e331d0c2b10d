package affetto.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes from one place to another in their order, a few at a time out of larger reads. */
final class Window {

  private static final int STEP = 1 << 16;

  private final SeekableBytes bytes;
  private final byte[] ahead = new byte[STEP];
  private long next;
  private final long end;
  private int at;
  private int filled;

  Window(SeekableBytes bytes, long from, long to) {
    this.bytes = bytes;
    this.next = from;
    this.end = to;
  }

  long left() {
    return end - next + filled - at;
  }

  /**
   * The next bytes, little-endian; none of them where they would go beyond the end.
   *
   * @throws ArchiveException if there are not so many
   */
  ByteBuffer take(int count) throws ArchiveException, IOException {
    byte[] taken = new byte[check(count)];
    int done = 0;
    while (done < count) {
      if (at == filled) {
        fill();
      }
      int some = Math.min(count - done, filled - at);
      System.arraycopy(ahead, at, taken, done, some);
      at += some;
      done += some;
    }
    return ByteBuffer.wrap(taken).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Passes over bytes.
   *
   * @throws ArchiveException if there are not so many
   */
  void skip(int count) throws ArchiveException {
    int some = Math.min(check(count), filled - at);
    at += some;
    next += count - some;
  }

  private int check(int count) throws ArchiveException {
    if (count > left()) {
      throw new ArchiveException("damaged: its directory ends within a record");
    }
    return count;
  }

  private void fill() throws IOException {
    int some = (int) Math.min(STEP, end - next);
    bytes.read(next, ahead, 0, some);
    next += some;
    at = 0;
    filled = some;
  }
}
