package affetto.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The libraries in the order that {@code submit/affetto} has them in. A JVM that has them in front
 * of all else on its class path can start from the archive of their classes that {@code
 * submit/class-archive} makes, in two thirds of the time.
 */
final class Libraries {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String TESTS =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  private Libraries() {}

  /** A class path of them and the project's own classes. */
  static String andClasses() {
    return inOrder() + ":" + TARGET.resolve("classes");
  }

  /** A class path of them, the project's own classes and the tests' classes. */
  static String andTests() {
    return inOrder() + ":" + TESTS;
  }

  private static String inOrder() {
    try {
      return Files.readString(TARGET.resolve("embedded-class-path")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JVM's options to start from the archive; none as long as nobody has made one. */
  static List<String> archive() {
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(TARGET, "classes-*.jsa")) {
      for (Path archive : archives) {
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off");
      }
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
