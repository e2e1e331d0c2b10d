package affetto.table;

import affetto.fault.BadInputException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder that holds all tables, one folder each.
 *
 * @param root a plain path (on the cluster's default file system) or a URI of {@code file:}, {@code
 *     hdfs:} or {@code s3a:}
 */
public record Warehouse(String root) implements Serializable {

  public Warehouse {
    if (root.isBlank()) {
      throw new BadInputException("the warehouse's path is empty");
    }
  }

  /** The folder of a table, or of one of its partitions: {@code utterances/corpus=ravdess}. */
  public String folder(String table) {
    return new Path(new Path(root), table).toString();
  }

  /**
   * Whether a table's folder is there.
   *
   * @throws BadInputException if the file system of the root cannot be reached or is not known
   */
  public boolean has(Configuration conf, String table) {
    try {
      return fileSystem(conf).exists(new Path(folder(table)));
    } catch (IOException e) {
      throw new BadInputException("warehouse %s: %s".formatted(root, e.getMessage()), e);
    }
  }

  /**
   * The file system that the warehouse lies on.
   *
   * @throws BadInputException if there is none for the root's scheme
   */
  public FileSystem fileSystem(Configuration conf) {
    try {
      return new Path(root).getFileSystem(conf);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException("warehouse %s: %s".formatted(root, e.getMessage()), e);
    }
  }

  /**
   * Puts a finished folder in a table's place. What lay there goes away only when the new folder
   * stands; readers miss the table for no longer than a rename takes.
   *
   * @param staged a complete folder, on the same file system
   * @param table the table or partition to replace
   */
  public void replace(Configuration conf, String staged, String table) {
    FileSystem files = fileSystem(conf);
    Path target = new Path(folder(table));
    Path old = new Path(staged + "-replaced");
    try {
      files.mkdirs(target.getParent());
      files.delete(old, true);
      boolean had = files.exists(target);
      if (had && !files.rename(target, old)) {
        throw new IOException("cannot move " + target + " away");
      }
      if (!files.rename(new Path(staged), target)) {
        if (had) {
          files.rename(old, target);
        }
        throw new IOException("cannot move " + staged + " to " + target);
      }
      files.delete(old, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
