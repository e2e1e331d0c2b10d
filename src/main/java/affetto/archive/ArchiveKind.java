package affetto.archive;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The archives that can be read, known by the ending of their names. */
public enum ArchiveKind {
  /** Members are packed one by one, and read from their places. */
  ZIP("zip"),
  /** Members lie there as they are, and are read from their places. */
  TAR("tar"),
  /** Packed as a whole: only reading from the beginning leads to a member. */
  TAR_GZ("tar\\.gz|tgz");

  private final String endings;

  ArchiveKind(String endings) {
    this.endings = endings;
  }

  /** The kind of a file by its name; empty where it is no archive. */
  public static Optional<ArchiveKind> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(kind -> lower.matches("(?s).*\\.(" + kind.endings + ")"))
        .findFirst();
  }

  /** Whether a member can be read without what stands before it. */
  public boolean seekable() {
    return this != TAR_GZ;
  }
}
