package affetto.table;

import affetto.fault.BadInputException;
import affetto.storage.Location;
import java.io.IOException;
import java.io.Serializable;
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
    Location.checked(root);
  }

  /** The folder of a table, or of one of its partitions: {@code utterances/corpus=ravdess}. */
  public String folder(String table) {
    return new Path(new Path(root), table).toString();
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
}
