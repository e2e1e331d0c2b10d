package affetto.job;

import affetto.archive.ArchiveException;
import affetto.archive.ArchiveKind;
import affetto.archive.Member;
import affetto.archive.Members;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Reads the files of a task, those in archives too. The archive last read from stays open, since
 * the next file mostly lies in it, too; of a compressed tar, all that the task wants is taken out
 * at once.
 */
final class SourceReader implements AutoCloseable {

  private final Configuration hadoop;
  private final Map<SourceFile, List<Member>> compressed;
  private final Map<SourceFile, UnpackedTar> unpacked = new HashMap<>();
  private SourceFile archive;
  private HadoopBytes open;

  /**
   * @param files all that may be asked for
   */
  SourceReader(Configuration hadoop, Collection<SourceFile> files) {
    this.hadoop = hadoop;
    this.compressed =
        files.stream()
            .filter(file -> file.packed() != null && !seekable(file.packed().archive()))
            .collect(
                Collectors.groupingBy(
                    file -> file.packed().archive(),
                    Collectors.mapping(file -> file.packed().member(), Collectors.toList())));
  }

  private static boolean seekable(SourceFile archive) {
    return ArchiveKind.of(archive.uri()).orElseThrow().seekable();
  }

  /**
   * A file's bytes.
   *
   * @param most of a file of its own no more are read, even if there are; a member's were looked at
   *     when it was listed
   * @throws ArchiveException if it lies in an archive, but not as the archive's list said
   * @throws IOException if it cannot be read
   */
  byte[] read(SourceFile file, int most) throws ArchiveException, IOException {
    SourceFile.Packed packed = file.packed();
    if (packed == null) {
      Path path = new Path(file.uri());
      try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
        return in.readNBytes(most);
      }
    }
    if (seekable(packed.archive())) {
      return Members.read(opened(packed.archive()), packed.member());
    }
    return unpacked(packed.archive()).read(packed.member());
  }

  private HadoopBytes opened(SourceFile wanted) throws IOException {
    if (!wanted.equals(archive)) {
      closeArchive();
      open = HadoopBytes.open(hadoop, wanted);
      archive = wanted;
    }
    return open;
  }

  private UnpackedTar unpacked(SourceFile tar) throws IOException {
    UnpackedTar known = unpacked.get(tar);
    if (known == null) {
      try (HadoopBytes bytes = HadoopBytes.open(hadoop, tar)) {
        known = UnpackedTar.of(bytes.stream(), compressed.get(tar));
      }
      unpacked.put(tar, known);
    }
    return known;
  }

  private void closeArchive() throws IOException {
    if (open != null) {
      archive = null;
      open.close();
      open = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeArchive();
    for (UnpackedTar tar : unpacked.values()) {
      tar.close();
    }
  }
}
