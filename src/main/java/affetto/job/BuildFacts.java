package affetto.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** What this program was built of, and what it runs on. */
final class BuildFacts {
  private static final String REVISION = "revision";
  private final Properties built = new Properties();

  BuildFacts() {
    try (InputStream in = BuildFacts.class.getResourceAsStream("/affetto/build.properties")) {
      built.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sources' revision, {@code unknown} where the build was not told. */
  String revision() {
    return built.getProperty(REVISION);
  }

  /** Versions by library; Spark's and Java's as they run, which a cluster decides. */
  Map<String, String> versions(SparkSession spark) {
    Map<String, String> versions = new TreeMap<>();
    for (String name : built.stringPropertyNames()) {
      versions.put(name, built.getProperty(name));
    }
    versions.remove(REVISION);
    versions.put("spark", spark.version());
    versions.put("java", Runtime.version().toString());
    return versions;
  }
}
