package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.machine.FakeDriver;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/affetto} as a user calls it: from anywhere, by a link, without a Spark's home. */
class SubmitScriptIT {

  @TempDir private Path folder;

  private UserShell shell() {
    return new UserShell(folder);
  }

  @Test
  void itRunsFromAnywhereThroughALinkWithOptionsForSpark() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a link"), UserShell.AFFETTO);
    Path properties =
        Files.writeString(
            folder.resolve("my.properties"), "# mine\nspark.master   local[1]\nother.key = 1\n");
    Outcome outcome =
        shell()
            .run(
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
  void theLibrariesClassesComeFromAnArchiveAndOursDoNot() throws Exception {
    Path log = folder.resolve("classes");
    Outcome outcome =
        shell()
            .run(
                Map.of(),
                UserShell.AFFETTO,
                "--driver-java-options",
                "-Xlog:class+load:file=" + log,
                "--",
                "doctor");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<String> loaded = Files.readAllLines(log);
    assertThat(loaded.stream().filter(line -> line.contains(" org.apache.spark.SparkConf source:")))
        .singleElement()
        .asString()
        .endsWith("shared objects file (top)");
    assertThat(loaded.stream().filter(line -> line.contains(" affetto.cli.Main source:")))
        .singleElement()
        .asString()
        .contains("file:");
  }

  /** A plain spark-submit starts it so, and knows nothing of native libraries. */
  @Test
  void oneDnnIsLoadedWithoutTheScriptToo() throws Exception {
    List<String> words = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(words::add);
    String libraries = Files.readString(Path.of("target/embedded-class-path")).strip();
    words.add("-cp");
    words.add(Path.of("target/classes").toAbsolutePath() + ":" + libraries);
    words.addAll(List.of("affetto.cli.Main", "doctor"));
    Path java = Path.of(System.getProperty("java.home"), "bin/java");
    Outcome outcome = shell().run(Map.of(), java, words.toArray(String[]::new));
    assertThat(outcome.out()).as(outcome.err()).contains("onednn       /");
  }

  /** The environment with a JDK whose {@code java} says what it was called with. */
  private Map<String, String> javaThatTells() throws IOException, InterruptedException {
    assertThat(shell().run(Map.of(), UserShell.AFFETTO, "--version").code())
        .as("all is built")
        .isZero();
    UserShell.program(
        folder.resolve("jdk/bin/java"),
        """
        #!/bin/sh
        echo "$*"
        for word; do case $word in @*) cat "${word#@}" ;; esac; done
        """);
    return Map.of("JAVA_HOME", folder.resolve("jdk").toString());
  }

  /** As for spark-submit: whichever stands first, an option is stronger than a file. */
  @Test
  void optionsAndVariablesAreStrongerThanAFileOfProperties() throws Exception {
    Map<String, String> environment = new HashMap<>(javaThatTells());
    Path file =
        Files.writeString(
            folder.resolve("my.properties"),
            """
            spark.master local[7]
            spark.driver.memory 7g
            spark.driver.extraJavaOptions -Dorg.bytedeco.javacpp.maxbytes=7g
            """);
    String of = "--properties-file=" + file;
    String memory = "--driver-memory=3g";
    for (String[] options : List.of(new String[] {of, memory}, new String[] {memory, of})) {
      Outcome told =
          shell()
              .run(
                  environment,
                  UserShell.AFFETTO,
                  options[0],
                  options[1],
                  "--master",
                  "local[3]",
                  "--",
                  "doctor");
      assertThat(told.out()).contains("-Xmx3g ").doesNotContain("-Xmx7g");
      assertThat(told.out().lines().filter(word -> word.contains("spark.master")))
          .last(InstanceOfAssertFactories.STRING)
          .contains("local[3]");
    }
    assertThat(shell().run(environment, UserShell.AFFETTO, of, "--", "doctor").out())
        .contains("-Xmx7g ");
    environment.putAll(Map.of("AFFETTO_HEAP", "4g", "AFFETTO_TENSORS", "4g"));
    Outcome told = shell().run(environment, UserShell.AFFETTO, of, "--", "doctor");
    assertThat(told.out()).contains("-Xmx4g ").doesNotContain("-Xmx7g");
    assertThat(told.out().lines().filter(word -> word.contains("javacpp.maxbytes=")))
        .last(InstanceOfAssertFactories.STRING)
        .contains("maxbytes=4g");
  }

  /** What was built with CUDA, as the class path tells, must not come back without. */
  @Test
  void whatIsOldIsBuiltAsItWasOrNotAtAllIfSoWished() throws Exception {
    Path project = folder.resolve("project");
    Path script =
        UserShell.program(project.resolve("submit/affetto"), Files.readString(UserShell.AFFETTO));
    Files.copy(
        UserShell.AFFETTO.resolveSibling("embedded.sh"), project.resolve("submit/embedded.sh"));
    Files.createDirectories(project.resolve("src/main"));
    Files.createDirectories(project.resolve("target/classes"));
    Files.writeString(project.resolve("pom.xml"), "");
    Path libraries = project.resolve("target/embedded-class-path");
    Files.writeString(libraries, "/repository/nd4j-native-1.0.0.jar");
    UserShell.program(folder.resolve("bin/mvn"), "#!/bin/sh\necho built: \"$@\"\nexit 1\n");
    Map<String, String> environment =
        Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"), "AFFETTO_BUILD", "");
    assertThat(shell().run(environment, script, "doctor").err())
        .contains("built: ", " process-classes")
        .doesNotContain("cuda");
    Files.writeString(libraries, "/repository/nd4j-cuda-11.6-1.0.0.jar");
    Outcome failed = shell().run(environment, script, "doctor");
    assertThat(failed.err()).containsPattern("built: .* -Dcuda ").endsWith("the build failed\n");
    assertThat(failed.code()).isEqualTo(1);
    Map<String, String> never = new HashMap<>(environment);
    never.putAll(Map.of("AFFETTO_BUILD", "never", "JAVA_HOME", folder.toString()));
    assertThat(shell().run(never, script, "doctor").err()).contains("no such program");
  }

  /** Arguments of a process are everybody's to read. */
  @Test
  void whatAFileOfPropertiesHoldsIsNoArgumentOfTheJvm() throws Exception {
    Path properties =
        Files.writeString(
            folder.resolve("my.properties"), "spark.hadoop.fs.s3a.secret.key a\\\"b c\n");
    Outcome outcome =
        shell()
            .run(
                javaThatTells(),
                UserShell.AFFETTO,
                "--properties-file",
                properties.toString(),
                "--",
                "doctor");
    assertThat(outcome.out().lines().findFirst().orElseThrow())
        .contains(" @/dev/fd/", "affetto.cli.Main doctor")
        .doesNotContain("secret");
    assertThat(outcome.out()).contains("\"-Dspark.hadoop.fs.s3a.secret.key=a\\\\\\\"b c\"\n");
  }

  @Test
  void theCommandsExitCodeAndItsLineComeThrough() throws Exception {
    Outcome outcome = shell().run(Map.of(), UserShell.AFFETTO, "doctor", "--set", "train.epoks=1");
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).endsWith("unknown key train.epoks; the nearest is train.epochs\n");
    assertThat(shell().run(Map.of(), UserShell.AFFETTO, "no-such-command").code()).isEqualTo(2);
  }

  @Test
  void settingsThatCannotWorkFailInTheDoctorAndAreRefusedByTrain() throws Exception {
    FakeDriver.showing(folder, FakeDriver.H100);
    Map<String, String> environment = Map.of("PATH", folder + ":" + System.getenv("PATH"));
    String overhead = "spark.executor.memoryOverhead=512m";
    Outcome doctor =
        shell()
            .run(
                environment,
                UserShell.AFFETTO,
                "--conf",
                overhead,
                "--",
                "doctor",
                "--gpu",
                "require");
    assertThat(doctor.out())
        .contains("FAIL  settings     executor: tensors may take 1024 MiB")
        .contains("Write: --conf spark.executor.memoryOverhead=1536m\n")
        .contains("FAIL  settings     GPUs are required, but this build has no CUDA backend")
        .contains("FAIL  gpu          GPU 0, NVIDIA H100 80GB HBM3, compute capability 9.0");
    assertThat(doctor.code()).isEqualTo(3);

    String[] train = {"train", "--warehouse", "none", "--store", "none", "--gpu", "prefer"};
    Outcome refused =
        shell()
            .run(
                environment,
                UserShell.AFFETTO,
                Stream.concat(Stream.of("--conf", overhead, "--"), Stream.of(train))
                    .toArray(String[]::new));
    assertThat(refused.err())
        .startsWith("affetto: refused: executor: tensors may take 1024 MiB")
        .endsWith("Write: --conf spark.executor.memoryOverhead=1536m\n");
    assertThat(refused.code()).isEqualTo(4);
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
      Outcome outcome = shell().run(Map.of(), UserShell.AFFETTO, options);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).startsWith("affetto: ").hasLineCount(1);
    }
  }

  @Test
  void aJavaThatIsNotThereIsNamed() throws Exception {
    Outcome outcome =
        shell().run(Map.of("JAVA_HOME", folder.toString()), UserShell.AFFETTO, "doctor");
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).startsWith("affetto: " + folder + "/bin/java: no such program");
  }
}
