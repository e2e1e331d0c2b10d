package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build of ND4J's native library with oneDNN beside the plain one: two processes. */
class BackendsIT {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  @TempDir private static Path folder;
  private static Path plain;
  private static Path oneDnn;

  @BeforeAll
  static void askBoth() throws IOException, InterruptedException {
    plain = Files.createDirectory(folder.resolve("plain"));
    oneDnn = Files.createDirectory(folder.resolve("onednn"));
    BackendAnswers.train(oneDnn);
    ask("", plain, oneDnn);
    BackendAnswers.answer(oneDnn, oneDnn);
    BackendAnswers.answer(plain, oneDnn);
  }

  private static void ask(String extension, Path own, Path other)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-D%s=%s".formatted(EXTENSION, extension));
    command.addAll(List.of("-cp", CLASS_PATH, BackendAnswers.class.getName()));
    command.addAll(List.of(own.toString(), other.toString()));
    File log = folder.resolve("log.txt").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(() -> text(log.toPath())).isZero();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void theyAreNotTheSame() throws IOException {
    assertThat(Backend.name()).isEqualTo("cpu (-onednn)");
    assertThat(Files.readString(plain.resolve("backend.txt"))).isEqualTo("cpu");
  }

  @Test
  void aNetworkOfOneAnswersTheSameInTheOther() throws IOException {
    for (String id : Networks.ids()) {
      for (Path of : List.of(plain, oneDnn)) {
        String file = "%s-of-%s.txt".formatted(id, of.getFileName());
        assertThat(numbers(plain.resolve(file)))
            .containsExactly(numbers(oneDnn.resolve(file)), within(1e-5));
      }
    }
  }

  /** Where two cells of a pooling window differ by rounding alone, either takes the gradient. */
  @Test
  void theyTrainTheSame() throws IOException {
    for (String id : Networks.ids()) {
      assertThat(numbers(plain.resolve(id + "-of-plain.txt")))
          .containsExactly(numbers(oneDnn.resolve(id + "-of-onednn.txt")), within(2e-3));
    }
  }

  private static double[] numbers(Path file) throws IOException {
    return Files.readAllLines(file).stream().mapToDouble(Double::parseDouble).toArray();
  }
}
