package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/affetto} as a user calls it: from anywhere, by a link, with and without Spark. */
class SubmitScriptIT {

  private static final Path SCRIPT = Path.of("submit/affetto").toAbsolutePath();

  @TempDir private Path folder;

  private record Outcome(int code, String out, String err) {}

  private Outcome run(Map<String, String> environment, Path script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Outcome(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void itRunsFromAnywhereThroughALinkWithOptionsForSpark() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a link"), SCRIPT);
    Path properties =
        Files.writeString(
            folder.resolve("my.properties"), "# mine\nspark.master   local[1]\nother.key = 1\n");
    Outcome outcome =
        run(
            Map.of(),
            link,
            "--driver-memory",
            "1g",
            "--properties-file",
            properties.toString(),
            "--conf",
            "spark.ui.enabled=false",
            "--",
            "doctor");
    Files.delete(link);
    assertThat(outcome.out()).contains("heap         1024 MiB", "onednn       /");
    assertThat(outcome.code()).isZero();
  }

  @Test
  void theCommandsExitCodeAndItsLineComeThrough() throws Exception {
    Outcome outcome = run(Map.of(), SCRIPT, "doctor", "--set", "train.epoks=1");
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).endsWith("unknown key train.epoks; the nearest is train.epochs\n");
    assertThat(run(Map.of(), SCRIPT, "no-such-command").code()).isEqualTo(2);
  }

  @Test
  void whatOnlyAClusterCanDoIsRefusedWithoutOne() throws Exception {
    for (String[] options :
        List.of(
            new String[] {"--master", "yarn", "--", "doctor"},
            new String[] {"--jars", "x.jar", "--", "doctor"},
            new String[] {"--conf", "not.spark=1", "--", "doctor"},
            new String[] {"--name", "--", "doctor"},
            new String[] {"stray", "--", "doctor"})) {
      Outcome outcome = run(Map.of(), SCRIPT, options);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).startsWith("affetto: ").hasLineCount(1);
    }
  }

  @Test
  void aSparkHomeWithoutSparkSubmitIsNamed() throws Exception {
    Outcome outcome = run(Map.of("SPARK_HOME", folder.toString()), SCRIPT, "doctor");
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains(folder.toString());
  }

  @Test
  void javaOptionsAreMergedIntoOneForSparkSubmit() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("spark home/bin"));
    Path spark = bin.resolve("spark-submit");
    Files.writeString(spark, "#!/bin/sh\nfor a; do printf '%s\\n' \"$a\"; done\n");
    assertThat(spark.toFile().setExecutable(true)).isTrue();
    Path conf = Files.createDirectories(folder.resolve("spark home/conf"));
    Files.writeString(
        conf.resolve("spark-defaults.conf"),
        """
        spark.driver.extraJavaOptions   -Dmine=3
        spark.executor.extraJavaOptions -Dmine=1
        """);
    Outcome outcome =
        run(
            Map.of("SPARK_HOME", bin.getParent().toString()),
            SCRIPT,
            "--master",
            "yarn",
            "--driver-java-options",
            "-Dmine=2",
            "--conf",
            "spark.x=a b",
            "--",
            "score",
            "--input",
            "a file.wav");
    List<String> words = outcome.out().lines().toList();
    assertThat(words).containsSubsequence("--master", "yarn", "--conf", "spark.x=a b");
    assertThat(words).containsSubsequence("--class", "affetto.cli.Main");
    assertThat(words.subList(words.size() - 3, words.size()))
        .containsExactly("score", "--input", "a file.wav");
    for (String who : List.of("driver", "executor")) {
      assertThat(words)
          .filteredOn(word -> word.startsWith("spark." + who + ".extraJavaOptions="))
          .singleElement()
          .asString()
          .contains("-Dorg.bytedeco.javacpp.platform.extension=-onednn", "javacpp.maxbytes=")
          .contains(who.equals("driver") ? "-Dmine=2" : "-Dmine=1")
          .doesNotContain("-Dmine=3");
    }
  }
}
