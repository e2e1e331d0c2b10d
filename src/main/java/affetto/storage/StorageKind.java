package affetto.storage;

import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;

/** The kinds of file systems, by what they promise. */
public enum StorageKind {
  /** A disk, or what is mounted like one: renames are atomic, a file is created by one only. */
  DISK,

  /** HDFS: the same, by the word of its name node. */
  HDFS,

  /**
   * An object store, and everything else that Hadoop knows: a file is seen once it is whole, and
   * from then on in every listing, but a rename is a copy, and two may both create a file.
   */
  OBJECTS;

  private static final Set<String> NAME_NODES = Set.of("hdfs", "viewfs", "webhdfs", "swebhdfs");

  /** The kind of a file system, by its scheme. */
  public static StorageKind of(FileSystem files) {
    String scheme = files.getUri().getScheme().toLowerCase(Locale.ROOT);
    if (scheme.equals("file")) {
      return DISK;
    }
    return NAME_NODES.contains(scheme) ? HDFS : OBJECTS;
  }
}
