package affetto.archive;

import java.io.IOException;

/** Reads members of archives from their places. */
public final class Members {

  private Members() {}

  /**
   * A member's unpacked bytes.
   *
   * <p>Memory is the member's announced bytes, which the caller has found bearable, and 128 KiB.
   *
   * @param archive a zip; a tar, unpacked where it was compressed
   * @throws ArchiveException if it is not what the archive's list said
   * @throws IOException if the archive cannot be read
   */
  public static byte[] read(SeekableBytes archive, Member member)
      throws ArchiveException, IOException {
    if (member.place() instanceof Member.InZip place) {
      return new ZipMember(archive, member, place).read();
    }
    long at = ((Member.InTar) member.place()).at();
    if (member.bytes() > archive.length() - at) {
      throw new ArchiveException("cut short: the archive ends before it does");
    }
    byte[] bytes = new byte[Math.toIntExact(member.bytes())];
    archive.read(at, bytes, 0, bytes.length);
    return bytes;
  }
}
