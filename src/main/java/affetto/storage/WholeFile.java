package affetto.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Small files that readers see as they were before or as they are now, and never in between. */
public final class WholeFile {

  private WholeFile() {}

  /**
   * Writes a file in place of what may lie there; its folder is made if it is missing. On disks and
   * HDFS it is written under {@code _NAME} and renamed; on object stores it is one put.
   *
   * @throws IOException if it cannot be written; what lay there is then as it was
   */
  public static void put(FileSystem files, Path path, byte[] bytes) throws IOException {
    Path unseen = new Path(path.getParent(), "_" + path.getName());
    switch (StorageKind.of(files)) {
      case DISK -> {
        // Hadoop's own would rename a checksum beside it, and the two not at once.
        java.nio.file.Path target = local(path);
        Files.createDirectories(target.getParent());
        Files.write(local(unseen), bytes);
        Files.deleteIfExists(target.resolveSibling("." + path.getName() + ".crc"));
        Files.move(local(unseen), target, StandardCopyOption.ATOMIC_MOVE);
      }
      case HDFS -> {
        write(files, unseen, bytes);
        FileContext.getFileContext(files.getUri(), files.getConf())
            .rename(unseen, path, Options.Rename.OVERWRITE);
      }
      case OBJECTS -> write(files, path, bytes);
    }
  }

  private static void write(FileSystem files, Path path, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = files.create(path, true)) {
      out.write(bytes);
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
