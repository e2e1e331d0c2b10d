package affetto.store;

import affetto.fault.BadInputException;
import affetto.model.ModelFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The folder of one version: keeps the SHA-256 of all that is written into it, and reads nothing
 * back that differs from them.
 *
 * <p>Folders below it are written by others, on Spark's executors; their sums are taken from what
 * lies there when these are done.
 */
final class VersionFolder implements ModelFolder {
  private final FileSystem files;
  private final Path path;
  private final Map<String, String> written = new TreeMap<>();
  private final TreeSet<String> announced = new TreeSet<>();

  VersionFolder(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  Path path() {
    return path;
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = files.create(new Path(path, name), true)) {
      out.write(bytes);
    }
    written.put(name, DigestUtils.sha256Hex(bytes));
  }

  @Override
  public String below(String name) {
    announced.add(name);
    return new Path(path, name).toString();
  }

  /**
   * SHA-256 in hex of every file by its name from this folder on: {@code scaler.json}, {@code
   * classifier/data/part-00000}.
   *
   * @throws IOException if a folder was announced, but holds nothing
   */
  Map<String, String> sums() throws IOException {
    Map<String, String> sums = new TreeMap<>(written);
    for (String name : announced) {
      List<String> found = filesBelow(name);
      // Only markers: the driver wrote them, the executors wrote somewhere else.
      if (found.stream().allMatch(file -> new Path(file).getName().startsWith("_"))) {
        throw new IOException(
            "nothing arrived in %s: does every executor reach this file system?"
                .formatted(new Path(path, name)));
      }
      for (String file : found) {
        sums.put(file, sum(file));
      }
    }
    return sums;
  }

  /** Names of the files below a folder, from this one on, sorted. */
  private List<String> filesBelow(String name) throws IOException {
    List<String> names = new ArrayList<>();
    String root = files.makeQualified(path).toUri().getPath() + "/";
    try {
      RemoteIterator<LocatedFileStatus> all = files.listFiles(new Path(path, name), true);
      while (all.hasNext()) {
        names.add(all.next().getPath().toUri().getPath().substring(root.length()));
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return names.stream().sorted().toList();
  }

  private String sum(String name) throws IOException {
    try (FSDataInputStream in = files.open(new Path(path, name))) {
      return DigestUtils.sha256Hex(in);
    }
  }

  /**
   * Reads the files that lie in this very folder, and checks those below it.
   *
   * @param sums as {@link #sums} gave them
   * @return bytes by name
   * @throws BadInputException if a file is missing or another one, or there are more below
   */
  Map<String, byte[]> read(Map<String, String> sums) {
    Map<String, byte[]> own = new TreeMap<>();
    TreeSet<String> folders = new TreeSet<>();
    sums.forEach(
        (name, sum) -> {
          int slash = name.indexOf('/');
          if (slash < 0) {
            own.put(name, checked(name, sum));
          } else {
            folders.add(name.substring(0, slash));
            check(name, sum);
          }
        });
    folders.forEach(folder -> refuseMore(folder, sums));
    return own;
  }

  private byte[] checked(String name, String sum) {
    try (FSDataInputStream in = files.open(new Path(path, name))) {
      byte[] bytes = ModelStore.read(in, ModelStore.MOST_BYTES);
      compare(name, DigestUtils.sha256Hex(bytes), sum);
      return bytes;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private void check(String name, String sum) {
    try {
      compare(name, sum(name), sum);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private void compare(String name, String found, String published) {
    if (!found.equals(published)) {
      throw new BadInputException(
          "file '%s' is not the one that was published: its checksum differs"
              .formatted(new Path(path, name)));
    }
  }

  /** Who reads a folder as a whole would read a stranger's file, too. */
  private void refuseMore(String folder, Map<String, String> sums) {
    try {
      for (String name : filesBelow(folder)) {
        if (!sums.containsKey(name)) {
          throw new BadInputException(
              "file '%s' was not published with its model".formatted(new Path(path, name)));
        }
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private BadInputException unreadable(String name, IOException e) {
    return new BadInputException(
        "file '%s' of the store cannot be read: %s".formatted(new Path(path, name), e.getMessage()),
        e);
  }
}
