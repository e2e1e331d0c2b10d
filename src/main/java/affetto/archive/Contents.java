package affetto.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an archive holds.
 *
 * @param members that can be read, in the archive's order
 * @param faults what cannot, and why
 */
public record Contents(List<Member> members, List<Fault> faults) implements Serializable {

  /** The most members that are listed: beyond it the list itself would be the bomb. */
  static final int MOST_MEMBERS = 1 << 20;

  /** The most characters that all names of a tar have together: they shrink to next to nothing. */
  static final long MOST_NAME_CHARS = 1L << 26;

  /** Sound shrinks to a half; an archive that unfolds to more than so many times itself is none. */
  static final long MOST_RATIO = 100;

  /** Up to here no ratio is too large: a gibibyte is read in seconds. */
  static final long HARMLESS_BYTES = 1L << 30;

  public Contents {
    members = List.copyOf(members);
    faults = List.copyOf(faults);
  }

  /**
   * A member that cannot be read.
   *
   * @param name fit to be shown; empty for the archive itself, of which there is more than could be
   *     read
   * @param reason why not
   */
  public record Fault(String name, String reason) implements Serializable {}

  /** The streams of an archive that a lister may ask for. */
  public interface Source extends SeekableBytes {

    /** The archive's bytes from the first one on. */
    InputStream stream() throws IOException;
  }

  /**
   * Lists an archive.
   *
   * <p>A zip is listed by its directory, which stands at its end; a tar in one pass. Memory is at
   * most a few hundred bytes a member beside their names, and a mebibyte.
   *
   * @throws ArchiveException if it is none, or damaged so that no member can be trusted, or a bomb
   * @throws IOException if it cannot be read
   */
  public static Contents list(ArchiveKind kind, Source source)
      throws ArchiveException, IOException {
    if (kind == ArchiveKind.ZIP) {
      return new ZipDirectory(source).list();
    }
    try (InputStream in = source.stream()) {
      return TarListing.of(in, kind == ArchiveKind.TAR_GZ, source.length());
    }
  }

  /** Takes out what stands there twice under one name: nobody can say which of them is meant. */
  Contents distinct() {
    Map<String, Integer> times = new LinkedHashMap<>();
    members.forEach(member -> times.merge(member.name(), 1, Integer::sum));
    faults.forEach(fault -> times.merge(fault.name(), 1, Integer::sum));
    Map<String, Fault> faulty = new LinkedHashMap<>();
    faults.forEach(fault -> faulty.putIfAbsent(fault.name(), fault));
    times.forEach(
        (name, count) -> {
          if (count > 1 && !name.isEmpty()) {
            faulty.put(
                name, new Fault(name, "its name stands %d times in the archive".formatted(count)));
          }
        });
    return new Contents(
        members.stream().filter(member -> times.get(member.name()) == 1).toList(),
        List.copyOf(faulty.values()));
  }

  /** Refuses what unfolds to more than any sound does. */
  static void checkRatio(long unfolded, long packed) throws ArchiveException {
    if (unfolded > HARMLESS_BYTES && unfolded / MOST_RATIO > packed) {
      throw new ArchiveException(
          "a bomb: its %d bytes unfold to %d and more, over %d times as many"
              .formatted(packed, unfolded, MOST_RATIO));
    }
  }
}
