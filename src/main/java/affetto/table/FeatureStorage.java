package affetto.table;

import affetto.storage.WholeFile;
import affetto.table.FeatureFolder.Commit;
import affetto.table.FeatureFolder.DataFile;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Lists, commits and deletes the folders of one feature set's table, on any file system. */
public final class FeatureStorage {

  private static final String COMMIT = "_commit.json";
  private static final String PARQUET = ".parquet";
  private static final JsonMapper JSON = new JsonMapper();

  private final FileSystem files;
  private final Path root;

  /**
   * A table that need not exist yet.
   *
   * @param featureSet its id
   */
  public FeatureStorage(Configuration conf, Warehouse warehouse, String featureSet) {
    this.files = warehouse.fileSystem(conf);
    this.root = files.makeQualified(new Path(warehouse.folder(FeatureTable.folder(featureSet))));
  }

  /** The table's own folder, as a URI. */
  public String root() {
    return root.toString();
  }

  /** The feature sets that a warehouse has, by id. */
  public static List<String> featureSets(Configuration conf, Warehouse warehouse) {
    String prefix = FeatureTable.FEATURE_SET.name() + "=";
    FileSystem files = warehouse.fileSystem(conf);
    return list(files, new Path(warehouse.folder(FeatureTable.FOLDER))).stream()
        .map(status -> status.getPath().getName())
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .sorted()
        .toList();
  }

  /** What lies there now: one listing for the table, one for each augmentation and folder. */
  public FeatureFolders list() {
    String prefix = FeatureTable.AUGMENTATION.name() + "=";
    return new FeatureFolders(
        list(files, root).parallelStream()
            .filter(status -> status.getPath().getName().startsWith(prefix))
            .flatMap(
                status ->
                    folders(status.getPath().getName().substring(prefix.length()), status.getPath())
                        .stream())
            .toList());
  }

  private List<FeatureFolder> folders(String augmentation, Path below) {
    String prefix = FeatureTable.COMMIT.name() + "=";
    return list(files, below).stream()
        .map(FileStatus::getPath)
        .filter(path -> path.getName().startsWith(prefix))
        .filter(path -> FeatureFolder.isName(path.getName().substring(prefix.length())))
        .map(path -> folder(augmentation, path.getName().substring(prefix.length()), path))
        .toList();
  }

  private FeatureFolder folder(String augmentation, String name, Path path) {
    List<FileStatus> listed = list(files, path);
    boolean committed = listed.stream().anyMatch(f -> f.getPath().getName().equals(COMMIT));
    List<DataFile> rows =
        listed.stream()
            .filter(file -> file.getPath().getName().endsWith(PARQUET))
            .map(file -> new DataFile(file.getPath().toString(), file.getLen()))
            .toList();
    return new FeatureFolder(
        augmentation,
        name,
        committed ? Optional.of(read(new Path(path, COMMIT))) : Optional.empty(),
        rows,
        listed.stream().mapToLong(FileStatus::getModificationTime).max().orElse(0));
  }

  private Commit read(Path path) {
    try (FSDataInputStream in = files.open(path)) {
      return JSON.readValue(in.readAllBytes(), Commit.class);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /**
   * Makes a folder's rows count, all at once, and makes those that it replaces not count any more.
   * The record is put there whole.
   */
  public void commit(String augmentation, String name, Commit commit) {
    Path folder = path(augmentation, name);
    Path record = new Path(folder, COMMIT);
    try {
      if (files.exists(record)) {
        throw new IOException("there is one already");
      }
      WholeFile.put(files, record, JSON.writeValueAsBytes(commit));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot commit %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** Deletes a folder, its commit first, so that what is half deleted does not count. */
  public void delete(FeatureFolder folder) {
    Path path = path(folder.augmentation(), folder.name());
    try {
      files.delete(new Path(path, COMMIT), false);
      files.delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** A folder's place. */
  public Path path(String augmentation, String name) {
    Path partition = new Path(root, FeatureTable.AUGMENTATION.name() + "=" + augmentation);
    return new Path(partition, FeatureTable.COMMIT.name() + "=" + name);
  }

  private static List<FileStatus> list(FileSystem files, Path path) {
    try {
      return Partition.list(files, path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s: %s".formatted(path, e.getMessage()), e);
    }
  }
}
