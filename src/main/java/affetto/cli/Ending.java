package affetto.cli;

import affetto.storage.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkUserAppException;

/**
 * Ends the process so that whoever waits for it learns the exit code, wherever the driver runs.
 *
 * <p>A standalone master only knows that a driver has failed: there the code goes into a file,
 * where {@code submit/affetto} looks for it. YARN takes a driver that calls {@code System.exit} for
 * one that has failed, even with 0: there a failure is an exception of Spark's own, which carries
 * the code into YARN's diagnostics, and success is to return.
 */
final class Ending {

  /** A URI that the driver can write to and the submitter read; the submit script sets it. */
  static final String FILE = "spark.affetto.exit.file";

  private final Properties properties;

  Ending(Properties properties) {
    this.properties = properties;
  }

  /**
   * Ends it, or returns where returning ends it.
   *
   * @throws SparkUserAppException where Spark wants it so
   */
  void end(int code, PrintStream err) throws SparkUserAppException {
    String file = properties.getProperty(FILE, "");
    if (!file.isEmpty()) {
      write(file, code, err);
    }
    if (!yarnsDriver()) {
      System.exit(code);
    }
    if (code != ExitCodes.DONE) {
      throw new SparkUserAppException(code);
    }
  }

  private boolean yarnsDriver() {
    return properties.getProperty("spark.master", "").equals("yarn")
        && properties.getProperty("spark.submit.deployMode", "").equals("cluster");
  }

  /** What cannot be written must not hide what happened. */
  static void write(String file, int code, PrintStream err) {
    Path path = new Path(file);
    byte[] line = "%d%n".formatted(code).getBytes(StandardCharsets.UTF_8);
    try {
      WholeFile.put(path.getFileSystem(new Configuration()), path, line);
    } catch (IOException e) {
      err.printf("affetto: exit code %d cannot be written to %s: %s%n", code, file, e.getMessage());
    }
  }
}
