package affetto.job;

import affetto.fault.BadInputException;
import affetto.storage.Location;
import affetto.table.ScoreTable;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** What a user wants scored, as a list of files; and whether the place for the answer is free. */
final class ScoreInput {

  private static final Pattern SPARKS_FILE =
      Pattern.compile("part-.*[.]parquet|_SUCCESS|[.](part-.*|_SUCCESS)[.]crc");

  /** What a job that was killed leaves behind. */
  private static final Pattern SPARKS_FOLDER = Pattern.compile("_temporary|[.]spark-staging-.*");

  private ScoreInput() {}

  /**
   * The files of an input: itself, those below a folder (hidden ones aside), or those that a glob
   * finds. What is no sound is listed too: it becomes a row with a reason.
   *
   * @param input a plain path or a URI; what exists by this very name is taken before any glob
   * @return full URIs, sorted, each once
   * @throws BadInputException if there is no file
   */
  static List<String> files(String input, Configuration hadoop) {
    TreeSet<String> files = new TreeSet<>();
    try {
      Path path = new Path(Location.checked(input));
      FileSystem system = path.getFileSystem(hadoop);
      FileStatus[] found =
          system.exists(path)
              ? new FileStatus[] {system.getFileStatus(path)}
              : system.globStatus(path);
      if (found == null || found.length == 0) {
        throw new BadInputException("input '%s': there is no such file".formatted(input));
      }
      for (FileStatus one : found) {
        if (one.isDirectory()) {
          CorpusListing.below(system, one.getPath()).forEach(file -> files.add(file.uri()));
        } else {
          files.add(one.getPath().toString());
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "input '%s' cannot be listed: %s".formatted(input, e.getMessage()), e);
    }
    if (files.isEmpty()) {
      throw new BadInputException("input '%s': there is no file in it".formatted(input));
    }
    return List.copyOf(files);
  }

  /**
   * Sees that writing a table to a folder destroys nothing but an earlier table, or what is left of
   * the attempt to write one.
   *
   * @throws BadInputException if something else lies there
   */
  static void checkOut(SparkSession spark, String out) {
    try {
      Path path = new Path(Location.checked(out));
      FileSystem system = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!system.exists(path)) {
        return;
      }
      boolean rows = false;
      for (FileStatus status : system.listStatus(path)) {
        String name = status.getPath().getName();
        Pattern ours = status.isDirectory() ? SPARKS_FOLDER : SPARKS_FILE;
        if (!ours.matcher(name).matches() || !system.getFileStatus(path).isDirectory()) {
          throw new BadInputException(
              "out '%s' holds other things than scores, such as %s".formatted(out, name));
        }
        rows |= name.startsWith("part-");
      }
      if (rows && !isTable(spark, out)) {
        throw new BadInputException("out '%s' holds a table of other things".formatted(out));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "out '%s' cannot be written: %s".formatted(out, e.getMessage()), e);
    }
  }

  private static boolean isTable(SparkSession spark, String out) {
    try {
      List<String> columns = List.of(spark.read().parquet(out).columns());
      return columns.containsAll(
          List.of(ScoreTable.URI.name(), ScoreTable.STATUS.name(), ScoreTable.REASON.name()));
    } catch (RuntimeException e) {
      return false; // whatever calls itself Parquet and is not
    }
  }
}
