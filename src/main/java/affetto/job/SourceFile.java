package affetto.job;

import affetto.archive.Member;
import java.io.Serializable;

/**
 * A file as it was listed.
 *
 * @param uri full URI; of a member {@code ARCHIVE!/NAME}
 * @param bytes its length as the file system, or the archive, tells
 * @param modified when it, or the archive it lies in, was last written, in ms since 1970
 * @param packed where it is in an archive; null for a file of its own
 */
record SourceFile(String uri, long bytes, long modified, Packed packed) implements Serializable {

  /** A file of its own. */
  SourceFile(String uri, long bytes, long modified) {
    this(uri, bytes, modified, null);
  }

  /**
   * A member's place.
   *
   * @param archive as it was listed
   * @param member what the archive's list says of it
   */
  record Packed(SourceFile archive, Member member) implements Serializable {}

  /** What lies in an archive under a name. */
  static SourceFile within(SourceFile archive, Member member) {
    return new SourceFile(
        uriWithin(archive, member.name()),
        member.bytes(),
        archive.modified(),
        new Packed(archive, member));
  }

  /** The URI of a name in an archive. */
  static String uriWithin(SourceFile archive, String name) {
    return archive.uri() + "!/" + name;
  }
}
