package affetto.job;

import affetto.archive.ArchiveException;
import affetto.archive.Member;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Members of a compressed tar, taken out in one pass and kept in a nameless file of the temporary
 * folder until they are read, in whatever order: memory stays small, and the file goes with its
 * process, however that ends.
 */
final class UnpackedTar implements AutoCloseable {

  private static final int STEP = 1 << 16;

  private final FileChannel file;
  private final Map<Member, Long> places = new HashMap<>();
  private String fault = "it is not among those that were asked for";

  private UnpackedTar(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes out members.
   *
   * @param tar compressed, from its first byte on
   * @param wanted members of it; what lies behind the last of them is not read
   * @throws IOException if the tar cannot be read, or the temporary folder not be written to
   */
  static UnpackedTar of(InputStream tar, Collection<Member> wanted) throws IOException {
    Path path = Files.createTempFile("affetto", ".members");
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(path);
    UnpackedTar unpacked = new UnpackedTar(file);
    try {
      unpacked.take(tar, wanted.stream().sorted(Comparator.comparing(UnpackedTar::at)).toList());
      return unpacked;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static long at(Member member) {
    return ((Member.InTar) member.place()).at();
  }

  private void take(InputStream packed, List<Member> wanted) throws IOException {
    try {
      InputStream tar = new GZIPInputStream(packed, STEP);
      byte[] some = new byte[STEP];
      long at = 0;
      for (Member member : wanted) {
        tar.skipNBytes(at(member) - at);
        long start = file.position();
        long left = member.bytes();
        while (left > 0) {
          int read = tar.readNBytes(some, 0, (int) Math.min(left, STEP));
          if (read == 0) {
            throw new EOFException();
          }
          write(ByteBuffer.wrap(some, 0, read));
          left -= read;
        }
        at = at(member) + member.bytes();
        places.put(member, start);
      }
    } catch (ZipException | EOFException e) {
      fault = "its archive is damaged: " + e.getMessage();
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /**
   * A member's bytes.
   *
   * @throws ArchiveException if the pass did not come to it
   */
  byte[] read(Member member) throws ArchiveException, IOException {
    Long at = places.get(member);
    if (at == null) {
      throw new ArchiveException(fault);
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(member.bytes()));
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("the temporary file is shorter than what was written to it");
      }
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
