package affetto.job;

import affetto.evaluation.EmoBoxFolds;
import affetto.fault.BadInputException;
import affetto.storage.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Reads EmoBox's fold files from a folder on any file system. */
final class FoldFiles {

  private FoldFiles() {}

  /**
   * Every list below a folder.
   *
   * @param folder a plain path or a URI, as EmoBox lays it out: {@code
   *     ravdess/fold_1/ravdess_test_fold_1.jsonl}
   * @throws BadInputException if the folder cannot be read, or holds no list
   */
  static EmoBoxFolds read(String folder, Configuration hadoop) {
    if (folder.isEmpty()) {
      throw new BadInputException(
          "protocol emobox needs train.emobox-folds, the folder of EmoBox's fold files");
    }
    EmoBoxFolds folds = new EmoBoxFolds();
    int lists = 0;
    try {
      Path root = new Path(Location.checked(folder));
      FileSystem files = root.getFileSystem(hadoop);
      RemoteIterator<LocatedFileStatus> all = files.listFiles(root, true);
      while (all.hasNext()) {
        Path path = all.next().getPath();
        Optional<EmoBoxFolds.ListName> list = EmoBoxFolds.fileOf(path.getName());
        if (list.isPresent()) {
          folds.add(list.get(), path.toString(), lines(files, path));
          lists++;
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "EmoBox's folds '%s' cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
    if (lists == 0) {
      throw new BadInputException(
          "EmoBox's folds '%s': no file such as ravdess_test_fold_1.jsonl".formatted(folder));
    }
    return folds;
  }

  private static List<String> lines(FileSystem files, Path path) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
