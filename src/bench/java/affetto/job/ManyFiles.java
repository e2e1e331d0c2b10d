package affetto.job;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A file system that only lists: a folder of folders, with a corpus that nobody could record. */
public final class ManyFiles extends FileSystem {

  static final String SCHEME = "many";
  static final int FILES_A_FOLDER = 2000;
  private static final long BYTES = 200_000;
  private static final int LETTERS = 26;
  private static final int WORD = 5;

  private int folders;

  /** The word of a number: five letters, sorted as the numbers are. */
  static String word(long number) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < WORD; i++) {
      word.append((char) ('a' + number % LETTERS));
      number /= LETTERS;
    }
    return word.reverse().toString();
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    setConf(conf);
    folders = conf.getInt("affetto.bench.folders", 500);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public FileStatus[] listStatus(Path path) {
    boolean root = path.getName().equals("tess");
    FileStatus[] listed = new FileStatus[root ? folders : FILES_A_FOLDER];
    for (int i = 0; i < listed.length; i++) {
      listed[i] =
          root
              ? new FileStatus(0, true, 0, 0, 0, new Path(path, "folder-%05d".formatted(i)))
              : file(path, i);
    }
    return listed;
  }

  private static FileStatus file(Path folder, int i) {
    long number = Long.parseLong(folder.getName().substring(7)) * FILES_A_FOLDER + i;
    return new FileStatus(
        BYTES, false, 3, 1 << 27, 1, new Path(folder, "OAF_" + word(number) + "_sad.wav"));
  }

  @Override
  public FileStatus getFileStatus(Path path) {
    return new FileStatus(0, true, 0, 0, 0, path);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) {
    throw new UnsupportedOperationException("no sound is read");
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setWorkingDirectory(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(getUri());
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    throw new UnsupportedOperationException();
  }
}
