package affetto.archive;

import affetto.archive.Contents.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A pass over a tar, compressed by gzip or not, from header to header.
 *
 * <p>Where the tar is damaged, the next header cannot be found: what stands behind is lost, and
 * said to be. Only a compressed tar has a checksum, over the whole of it; where that is wrong, any
 * member may be, so none is taken.
 */
final class TarListing {

  private static final int STEP = 1 << 16;

  private final InputStream in;
  private final long packedBytes;
  private final List<Member> members = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final TarExtensions extensions = new TarExtensions();
  private long at;
  private long nameChars;

  private TarListing(InputStream in, long packedBytes) {
    this.in = in;
    this.packedBytes = packedBytes;
  }

  static Contents of(InputStream in, boolean gzip, long bytes)
      throws ArchiveException, IOException {
    try {
      InputStream tar = gzip ? new GZIPInputStream(in, STEP) : in;
      return new TarListing(tar, bytes).list(gzip);
    } catch (ZipException e) {
      throw new ArchiveException("damaged: " + e.getMessage(), e);
    } catch (EOFException e) {
      throw new ArchiveException("cut short", e);
    }
  }

  private Contents list(boolean gzip) throws ArchiveException, IOException {
    boolean any = false;
    try {
      while (readOne()) {
        any = true;
      }
      if (gzip) {
        drain();
      }
    } catch (EOFException e) {
      give("cut short after %d bytes: what stood behind is lost".formatted(at), any, e);
    } catch (ArchiveException e) {
      give(e.getMessage(), any, e);
    }
    return new Contents(members, faults).distinct();
  }

  /** What is wrong with the archive as a whole, where something of it could be read before. */
  private void give(String reason, boolean any, Exception cause) throws ArchiveException {
    if (!any || reason.startsWith("a bomb")) {
      throw new ArchiveException(reason, cause);
    }
    faults.add(new Fault("", reason));
  }

  /** Reads one header and passes over what belongs to it; false at the end. */
  private boolean readOne() throws ArchiveException, IOException {
    byte[] block = block();
    if (block == null || TarHeader.isEnd(block)) {
      byte[] second = block == null ? null : block();
      if (second == null || TarHeader.isEnd(second)) {
        return false;
      }
      block = second;
    }
    TarHeader header = TarHeader.read(block, at - TarHeader.BLOCK);
    if (TarExtensions.isOne(header)) {
      byte[] body = null;
      if (header.bytes() <= TarExtensions.MOST_BYTES) {
        body = in.readNBytes((int) header.bytes());
        at += body.length;
        skip(header.padded() - body.length);
      } else {
        skip(header.padded());
      }
      extensions.take(header, body);
      return true;
    }
    TarHeader full = extensions.applied(header);
    if (full.sparse()) {
      passSparseMap(block);
    }
    add(full);
    skip(full.padded());
    return true;
  }

  private void add(TarHeader header) throws ArchiveException {
    if (header.folder()) {
      return;
    }
    if (members.size() + faults.size() >= Contents.MOST_MEMBERS) {
      throw new ArchiveException("more than %d members".formatted(Contents.MOST_MEMBERS));
    }
    nameChars += header.name().length();
    if (nameChars > Contents.MOST_NAME_CHARS) {
      throw new ArchiveException(
          "names of more than %d characters together".formatted(Contents.MOST_NAME_CHARS));
    }
    try {
      members.add(header.member(at));
    } catch (ArchiveException e) {
      faults.add(new Fault(MemberName.shown(header.name()), e.getMessage()));
    }
  }

  /** A sparse file's map may go on in blocks that its size does not count. */
  private void passSparseMap(byte[] block) throws ArchiveException, IOException {
    boolean more = block[TarHeader.SPARSE_MORE_AT] != 0;
    while (more) {
      byte[] next = block();
      if (next == null) {
        throw new EOFException();
      }
      more = next[TarHeader.SPARSE_STILL_MORE_AT] != 0;
    }
  }

  /** The next block; null where nothing is left. */
  private byte[] block() throws ArchiveException, IOException {
    byte[] block = in.readNBytes(TarHeader.BLOCK);
    at += block.length;
    Contents.checkRatio(at, packedBytes);
    if (block.length == 0) {
      return null;
    }
    if (block.length < TarHeader.BLOCK) {
      throw new EOFException();
    }
    return block;
  }

  private void skip(long bytes) throws ArchiveException, IOException {
    long left = bytes;
    while (left > 0) {
      long some = Math.min(left, STEP);
      in.skipNBytes(some);
      left -= some;
      at += some;
      Contents.checkRatio(at, packedBytes);
    }
  }

  /** To the very end, where gzip's checksum is. */
  private void drain() throws ArchiveException, IOException {
    byte[] rest = new byte[STEP];
    for (int read = in.read(rest); read >= 0; read = in.read(rest)) {
      at += read;
      Contents.checkRatio(at, packedBytes);
    }
  }
}
