package affetto.table;

import affetto.storage.WholeFile;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;

/**
 * One partition of a table, {@code utterances/corpus=ravdess}, whose readers see every write whole
 * or not at all: of the files that lie in the folder those count that its {@code _files.json}
 * names, and that file is replaced in one moment, on disks, HDFS and object stores alike. A folder
 * without one counts as it lies: an earlier version or another program wrote it.
 *
 * <p>Files that count no more go as soon as the new ones do, so that programs that know nothing of
 * {@code _files.json} see each row once; a reader that began before may miss them, and fails. One
 * process at a time may write a partition.
 */
public final class Partition {

  private static final String FILES = "_files.json";
  private static final int ATTEMPTS = 5;
  private static final String PARQUET = ".parquet";
  private static final JsonMapper JSON = new JsonMapper();

  private final FileSystem files;
  private final Path folder;

  /** What {@code _files.json} holds: names of files, in their order. */
  record Counting(List<String> files) {}

  /**
   * A partition, which need not exist yet.
   *
   * @param name the table's name and what its partitions are called: {@code rejected/corpus=tess}
   */
  public Partition(Configuration conf, Warehouse warehouse, String name) {
    this(warehouse.fileSystem(conf), new Path(warehouse.folder(name)));
  }

  private Partition(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /** Writes rows in place of those that the partition has, which they may be made of. */
  public void replace(DataFrameWriter<Row> rows) {
    write(rows, false);
  }

  /** Adds rows. */
  public void append(DataFrameWriter<Row> rows) {
    write(rows, true);
  }

  private void write(DataFrameWriter<Row> rows, boolean keep) {
    try {
      Set<String> before = begin();
      rows.mode("append").parquet(folder.toString());
      List<String> there = parquet(list(files, folder));
      // Should another have written meanwhile after all, what it removed must not count.
      before.retainAll(there);
      Set<String> now = new TreeSet<>(there);
      now.removeAll(before);
      if (now.isEmpty()) {
        throw new IOException("nothing arrived there: does every executor reach this file system?");
      }
      if (keep) {
        now.addAll(before);
      }
      count(now);
      removeAllBut(now);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** From here on nothing counts that is not said to; what a writer left that was killed goes. */
  private Set<String> begin() throws IOException {
    Set<String> before = new TreeSet<>(counting(list(files, folder)));
    count(before);
    removeAllBut(before);
    return before;
  }

  private void count(Set<String> names) throws IOException {
    byte[] json = JSON.writeValueAsBytes(new Counting(List.copyOf(names)));
    WholeFile.put(files, new Path(folder, FILES), json);
  }

  private void removeAllBut(Set<String> names) throws IOException {
    for (String name : parquet(list(files, folder))) {
      if (!names.contains(name)) {
        files.delete(new Path(folder, name), false);
      }
    }
  }

  /**
   * The files that count in a table, in all its partitions.
   *
   * @return full paths, by partition and name; none where there is no such table
   */
  static List<String> files(Configuration conf, Warehouse warehouse, String table) {
    List<String> all = new ArrayList<>();
    FileSystem files = warehouse.fileSystem(conf);
    try {
      collect(files, files.makeQualified(new Path(warehouse.folder(table))), all);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "table %s of %s: %s".formatted(table, warehouse.root(), e.getMessage()), e);
    }
    return all;
  }

  private static void collect(FileSystem files, Path folder, List<String> into) throws IOException {
    List<FileStatus> listed = list(files, folder);
    for (String name : new Partition(files, folder).counting(listed)) {
      into.add(new Path(folder, name).toString());
    }
    for (FileStatus status : listed) {
      if (status.isDirectory() && status.getPath().getName().contains("=")) {
        collect(files, status.getPath(), into);
      }
    }
  }

  private List<String> counting(List<FileStatus> listed) throws IOException {
    boolean said = listed.stream().anyMatch(file -> file.getPath().getName().equals(FILES));
    if (!said) {
      return parquet(listed);
    }
    Path path = new Path(folder, FILES);
    for (int attempt = 1; ; attempt++) {
      try (FSDataInputStream in = files.open(path)) {
        return JSON.readValue(in.readAllBytes(), Counting.class).files();
      } catch (PathIOException e) {
        // S3's client gives up on a file that is replaced while it opens it.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      } catch (IOException e) {
        throw new IOException("%s: %s".formatted(path, e.getMessage()), e);
      }
    }
  }

  private static List<String> parquet(List<FileStatus> listed) {
    return listed.stream()
        .filter(FileStatus::isFile)
        .map(file -> file.getPath().getName())
        .filter(name -> name.endsWith(PARQUET) && !name.startsWith("_") && !name.startsWith("."))
        .sorted()
        .toList();
  }

  /** What lies in a folder; nothing where there is none. */
  static List<FileStatus> list(FileSystem files, Path path) throws IOException {
    try {
      return Arrays.asList(files.listStatus(path));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }
}
