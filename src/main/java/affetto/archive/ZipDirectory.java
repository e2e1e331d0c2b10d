package affetto.archive;

import affetto.archive.Contents.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The directory at the end of a zip, in either size of numbers.
 *
 * <p>Members are known by it alone. Two that share bytes of the archive are both refused: so are
 * bombs made that pack little and unfold to much.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">.ZIP File Format
 *     Specification, PKWARE</a>
 */
final class ZipDirectory {

  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_64_BYTES = 20;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_BYTES = 56;
  private static final long UNSAID_32 = 0xffffffffL;
  private static final int UNSAID_16 = 0xffff;

  private final SeekableBytes zip;

  /** Where the directory is. */
  private record Span(long at, long bytes, long entries) {}

  /** A member's bytes in the archive, header included, and its place in the list. */
  private record Extent(long from, long to, int index) {}

  ZipDirectory(SeekableBytes zip) {
    this.zip = zip;
  }

  Contents list() throws ArchiveException, IOException {
    Span span = find();
    if (span.entries() > Contents.MOST_MEMBERS) {
      throw new ArchiveException(
          "%d members, at most %d are read".formatted(span.entries(), Contents.MOST_MEMBERS));
    }
    if (span.entries() * ZipRecord.BYTES > span.bytes()) {
      throw new ArchiveException(
          "damaged: a directory of %d bytes cannot hold the %d members that it announces"
              .formatted(span.bytes(), span.entries()));
    }
    return list(span).distinct();
  }

  private Contents list(Span span) throws ArchiveException, IOException {
    List<Member> members = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    Window window = new Window(zip, span.at(), span.at() + span.bytes());
    for (long i = 0; i < span.entries(); i++) {
      ZipRecord record = ZipRecord.read(window);
      try {
        if (!record.folder()) {
          members.add(record.member());
        }
      } catch (ArchiveException e) {
        faults.add(new Fault(MemberName.shown(record.name()), e.getMessage()));
      }
    }
    if (window.left() > 0) {
      throw new ArchiveException("damaged: its directory holds more than it announces");
    }
    return new Contents(apart(members, faults, span.at()), faults);
  }

  /** Those that share no byte with another, if together they unfold to a sane size. */
  private List<Member> apart(List<Member> members, List<Fault> faults, long directoryAt)
      throws ArchiveException {
    Set<Integer> shared = shared(members, directoryAt);
    List<Member> apart = new ArrayList<>();
    long unfolded = 0;
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (shared.contains(i)) {
        faults.add(new Fault(member.name(), "its bytes overlap with others of the archive"));
      } else {
        apart.add(member);
        unfolded += member.bytes();
      }
    }
    Contents.checkRatio(unfolded, zip.length());
    return apart;
  }

  /** Indices of members whose bytes are others' or the directory's, too. */
  private static Set<Integer> shared(List<Member> members, long directoryAt) {
    List<Extent> extents = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Member.InZip place = (Member.InZip) members.get(i).place();
      long dataAt = place.headerAt() + ZipMember.HEADER_BYTES;
      // Numbers that no archive has room for must not wrap around.
      long to = place.packedBytes() > directoryAt ? directoryAt + 1 : dataAt + place.packedBytes();
      extents.add(new Extent(place.headerAt(), to, i));
    }
    extents.sort(Comparator.comparingLong(Extent::from));
    Set<Integer> shared = new HashSet<>();
    Extent furthest = null;
    for (Extent extent : extents) {
      if (furthest != null && extent.from() < furthest.to()) {
        shared.add(extent.index());
        shared.add(furthest.index());
      }
      if (extent.to() > directoryAt) {
        shared.add(extent.index());
      }
      furthest = furthest == null || extent.to() > furthest.to() ? extent : furthest;
    }
    return shared;
  }

  private Span find() throws ArchiveException, IOException {
    long length = zip.length();
    if (length < END_BYTES) {
      throw new ArchiveException("not a zip: it has %d bytes".formatted(length));
    }
    int tail = (int) Math.min(length, END_BYTES + LONGEST_COMMENT);
    ByteBuffer last = bytes(length - tail, tail);
    for (int at = tail - END_BYTES; at >= 0; at--) {
      if (last.getInt(at) == END && (last.getShort(at + 20) & UNSAID_16) == tail - END_BYTES - at) {
        return span(last, at, length - tail + at);
      }
    }
    throw new ArchiveException("not a zip, or cut short: it has no directory at its end");
  }

  private Span span(ByteBuffer last, int at, long endAt) throws ArchiveException, IOException {
    int disk = last.getShort(at + 4) & UNSAID_16;
    long entries = last.getShort(at + 10) & UNSAID_16;
    long bytes = last.getInt(at + 12) & UNSAID_32;
    long from = last.getInt(at + 16) & UNSAID_32;
    long before = endAt;
    if (entries == UNSAID_16 || bytes == UNSAID_32 || from == UNSAID_32) {
      long end64 = end64(endAt);
      if (end64 >= 0) {
        ByteBuffer large = bytes(end64, END_64_BYTES);
        if (large.getInt(0) != END_64) {
          throw new ArchiveException("damaged: its zip64 directory is not where it should be");
        }
        disk = large.getInt(16);
        entries = large.getLong(32);
        bytes = large.getLong(40);
        from = large.getLong(48);
        before = end64;
      }
    }
    if (disk != 0) {
      throw new ArchiveException("a part of a zip that was split into several files");
    }
    if (entries < 0 || bytes < 0 || from < 0 || bytes > before || from > before - bytes) {
      throw new ArchiveException("damaged: its directory is not where it should be");
    }
    return new Span(from, bytes, entries);
  }

  /** Where the end of a zip64 directory is, -1 if there is none. */
  private long end64(long endAt) throws ArchiveException, IOException {
    if (endAt < LOCATOR_64_BYTES) {
      return -1;
    }
    ByteBuffer locator = bytes(endAt - LOCATOR_64_BYTES, LOCATOR_64_BYTES);
    if (locator.getInt(0) != LOCATOR_64) {
      return -1;
    }
    long at = locator.getLong(8);
    if (at < 0 || at > endAt - LOCATOR_64_BYTES - END_64_BYTES) {
      throw new ArchiveException("damaged: its zip64 directory is not where it should be");
    }
    return at;
  }

  private ByteBuffer bytes(long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    zip.read(at, bytes, 0, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
