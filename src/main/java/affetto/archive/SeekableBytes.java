package affetto.archive;

import java.io.IOException;

/** Bytes that can be read from any place on: a file of any file system. */
public interface SeekableBytes {

  /** How many there are. */
  long length();

  /**
   * Reads exactly so many bytes.
   *
   * @param at of the first one, from 0
   * @throws java.io.EOFException if there are fewer
   */
  void read(long at, byte[] into, int offset, int length) throws IOException;
}
