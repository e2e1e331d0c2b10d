package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.machine.FakeDriver;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
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
    builder.environment().remove("JDK_JAVA_OPTIONS"); // the launcher would have a word about them
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
  void theLibrariesClassesComeFromAnArchiveAndOursDoNot() throws Exception {
    Path log = folder.resolve("classes");
    Outcome outcome =
        run(
            Map.of(),
            SCRIPT,
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
    Outcome outcome = run(Map.of(), java, words.toArray(String[]::new));
    assertThat(outcome.out()).as(outcome.err()).contains("onednn       /");
  }

  /** A program of the tests' own. */
  private static Path program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  /** The environment with a JDK whose {@code java} says what it was called with. */
  private Map<String, String> javaThatTells() throws IOException, InterruptedException {
    assertThat(run(Map.of(), SCRIPT, "--version").code()).as("all is built").isZero();
    program(
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
          run(environment, SCRIPT, options[0], options[1], "--master", "local[3]", "--", "doctor");
      assertThat(told.out()).contains("-Xmx3g ").doesNotContain("-Xmx7g");
      assertThat(told.out().lines().filter(word -> word.contains("spark.master")))
          .last(InstanceOfAssertFactories.STRING)
          .contains("local[3]");
    }
    assertThat(run(environment, SCRIPT, of, "--", "doctor").out()).contains("-Xmx7g ");
    environment.putAll(Map.of("AFFETTO_HEAP", "4g", "AFFETTO_TENSORS", "4g"));
    Outcome told = run(environment, SCRIPT, of, "--", "doctor");
    assertThat(told.out()).contains("-Xmx4g ").doesNotContain("-Xmx7g");
    assertThat(told.out().lines().filter(word -> word.contains("javacpp.maxbytes=")))
        .last(InstanceOfAssertFactories.STRING)
        .contains("maxbytes=4g");
  }

  /** What was built with CUDA, as the class path tells, must not come back without. */
  @Test
  void whatIsOldIsBuiltAsItWasOrNotAtAllIfSoWished() throws Exception {
    Path project = folder.resolve("project");
    Path script = program(project.resolve("submit/affetto"), Files.readString(SCRIPT));
    Files.createDirectories(project.resolve("src/main"));
    Files.createDirectories(project.resolve("target/classes"));
    Files.writeString(project.resolve("pom.xml"), "");
    Path libraries = project.resolve("target/embedded-class-path");
    Files.writeString(libraries, "/repository/nd4j-native-1.0.0.jar");
    program(folder.resolve("bin/mvn"), "#!/bin/sh\necho built: \"$@\"\nexit 1\n");
    Map<String, String> environment =
        Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"), "AFFETTO_BUILD", "");
    assertThat(run(environment, script, "doctor").err())
        .contains("built: ", " process-classes")
        .doesNotContain("cuda");
    Files.writeString(libraries, "/repository/nd4j-cuda-11.6-1.0.0.jar");
    Outcome failed = run(environment, script, "doctor");
    assertThat(failed.err()).containsPattern("built: .* -Dcuda ").endsWith("the build failed\n");
    assertThat(failed.code()).isEqualTo(1);
    Map<String, String> never = new HashMap<>(environment);
    never.putAll(Map.of("AFFETTO_BUILD", "never", "JAVA_HOME", folder.toString()));
    assertThat(run(never, script, "doctor").err()).contains("no such program");
  }

  /** Arguments of a process are everybody's to read. */
  @Test
  void whatAFileOfPropertiesHoldsIsNoArgumentOfTheJvm() throws Exception {
    Path properties =
        Files.writeString(
            folder.resolve("my.properties"), "spark.hadoop.fs.s3a.secret.key a\\\"b c\n");
    Outcome outcome =
        run(javaThatTells(), SCRIPT, "--properties-file", properties.toString(), "--", "doctor");
    assertThat(outcome.out().lines().findFirst().orElseThrow())
        .contains(" @/dev/fd/", "affetto.cli.Main doctor")
        .doesNotContain("secret");
    assertThat(outcome.out()).contains("\"-Dspark.hadoop.fs.s3a.secret.key=a\\\\\\\"b c\"\n");
  }

  @Test
  void theCommandsExitCodeAndItsLineComeThrough() throws Exception {
    Outcome outcome = run(Map.of(), SCRIPT, "doctor", "--set", "train.epoks=1");
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).endsWith("unknown key train.epoks; the nearest is train.epochs\n");
    assertThat(run(Map.of(), SCRIPT, "no-such-command").code()).isEqualTo(2);
  }

  @Test
  void settingsThatCannotWorkFailInTheDoctorAndAreRefusedByTrain() throws Exception {
    FakeDriver.showing(folder, FakeDriver.H100);
    Map<String, String> environment = Map.of("PATH", folder + ":" + System.getenv("PATH"));
    String overhead = "spark.executor.memoryOverhead=512m";
    Outcome doctor =
        run(environment, SCRIPT, "--conf", overhead, "--", "doctor", "--gpu", "require");
    assertThat(doctor.out())
        .contains("FAIL  settings     executor: tensors may take 1024 MiB")
        .contains("Write: --conf spark.executor.memoryOverhead=1536m\n")
        .contains("FAIL  settings     GPUs are required, but this build has no CUDA backend")
        .contains("FAIL  gpu          GPU 0, NVIDIA H100 80GB HBM3, compute capability 9.0");
    assertThat(doctor.code()).isEqualTo(3);

    String[] train = {"train", "--warehouse", "none", "--store", "none", "--gpu", "prefer"};
    Outcome refused =
        run(
            environment,
            SCRIPT,
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
      Outcome outcome = run(Map.of(), SCRIPT, options);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).startsWith("affetto: ").hasLineCount(1);
    }
  }

  @Test
  void aJavaThatIsNotThereIsNamed() throws Exception {
    Outcome outcome = run(Map.of("JAVA_HOME", folder.toString()), SCRIPT, "doctor");
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).startsWith("affetto: " + folder + "/bin/java: no such program");
  }

  @Test
  void aSparkHomeWithoutSparkSubmitIsNamed() throws Exception {
    Outcome outcome = run(Map.of("SPARK_HOME", folder.toString()), SCRIPT, "doctor");
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains(folder.toString());
  }

  /** The home of a Spark whose {@code spark-submit} says what it was called with. */
  private Path sparkThatTells() throws IOException {
    Path home = folder.resolve("spark home");
    program(home.resolve("bin/spark-submit"), "#!/bin/sh\nfor a; do printf '%s\\n' \"$a\"; done\n");
    return home;
  }

  /**
   * Every file of {@code conf} has all limits in it, for those who call spark-submit themselves.
   */
  @Test
  void variablesAndOtherMemoryAreStrongerThanTheLimitsInAFile() throws Exception {
    Path file = Path.of("conf/spark-yarn.properties").toAbsolutePath();
    Map<String, String> environment = new HashMap<>();
    environment.put("SPARK_HOME", sparkThatTells().toString());
    String[] as = {"--master", "yarn", "--properties-file", file.toString(), "--", "train"};
    assertThat(limits(run(environment, SCRIPT, as)))
        .endsWith("maxbytes=1536m", "maxphysicalbytes=6g");
    String[] larger =
        Stream.concat(Stream.of("--executor-memory", "8g"), Stream.of(as)).toArray(String[]::new);
    assertThat(limits(run(environment, SCRIPT, larger))).endsWith("maxphysicalbytes=10240m");
    environment.put("AFFETTO_TENSORS", "3G");
    assertThat(limits(run(environment, SCRIPT, as))).endsWith("maxbytes=3G");
    environment.put("AFFETTO_PROCESS", "9G");
    assertThat(limits(run(environment, SCRIPT, larger)))
        .endsWith("maxbytes=3G", "maxphysicalbytes=9G");
  }

  /** The limits of memory among the options of an executor's JVM; the last of each holds. */
  private static List<String> limits(Outcome outcome) {
    return outcome
        .out()
        .lines()
        .filter(word -> word.startsWith("spark.executor.extraJavaOptions="))
        .flatMap(options -> Stream.of(options.split(" +")))
        .filter(option -> option.contains("bytes="))
        .map(option -> option.replaceFirst(".*\\.", ""))
        .toList();
  }

  @Test
  void whatBeginsNoSessionIsRefusedWhereYarnWouldCallItFailed() throws Exception {
    Map<String, String> environment = Map.of("SPARK_HOME", sparkThatTells().toString());
    for (String command : List.of("models", "doctor", "--help")) {
      Outcome outcome =
          run(environment, SCRIPT, "--master=yarn", "--deploy-mode=cluster", "--", command);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).startsWith("affetto: " + command + ": begins no Spark session");
      Outcome client = run(environment, SCRIPT, "--master=yarn", "--", command);
      assertThat(client.code()).as(client.err()).isZero();
    }
  }

  @Test
  void javaOptionsAreMergedIntoOneForSparkSubmitAndTheEnvironmentGoesAlong() throws Exception {
    Path home = sparkThatTells();
    Path conf = Files.createDirectories(home.resolve("conf"));
    Files.writeString(
        conf.resolve("spark-defaults.conf"),
        """
        spark.driver.extraJavaOptions   -Dmine=3
        spark.executor.extraJavaOptions -Dmine=1
        """);
    Outcome outcome =
        run(
            Map.of(
                "SPARK_HOME", home.toString(),
                "OMP_WAIT_POLICY", "active",
                "MALLOC_TRIM_THRESHOLD_", "7000000"),
            SCRIPT,
            "--master",
            "yarn",
            "--deploy-mode",
            "cluster",
            "--executor-memory",
            "2g",
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
    assertThat(words)
        .contains("spark.executor.memoryOverhead=1536m", "spark.driver.memoryOverhead=1536m");
    assertThat(words).containsSubsequence("--executor-memory", "2g");
    assertThat(words)
        .filteredOn(word -> word.contains("javacpp.maxphysicalbytes=3584m"))
        .singleElement()
        .asString()
        .startsWith("spark.executor.extraJavaOptions=");
    assertThat(words.subList(words.size() - 3, words.size()))
        .containsExactly("score", "--input", "a file.wav");
    assertThat(words)
        .contains(
            "--conf=spark.executorEnv.OMP_WAIT_POLICY=active",
            "--conf=spark.executorEnv.MALLOC_ARENA_MAX=1",
            "--conf=spark.executorEnv.MALLOC_MMAP_THRESHOLD_=33554432",
            "--conf=spark.executorEnv.MALLOC_TRIM_THRESHOLD_=7000000");
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

  /**
   * A spark-submit that says what Spark's own would, and does as the driver would with its file.
   */
  private Outcome inClusterMode(String master, String says, String driverWrites, int code)
      throws Exception {
    Path home = folder.resolve("spark home");
    program(
        home.resolve("bin/spark-submit"),
        """
        #!/bin/sh
        for a; do
          case $a in
            spark.affetto.exit.file=*) file=${a#*=file://} ;;
          esac
        done
        printf '%%s\\n' "$@"
        echo '%s' >&2
        if [ -n '%s' ]; then echo '%s' > "$file"; fi
        exit %d
        """
            .formatted(says, driverWrites, driverWrites, code));
    return run(
        Map.of("SPARK_HOME", home.toString(), "AFFETTO_JAR", "local:/affetto.jar"),
        SCRIPT,
        "--master",
        master,
        "--deploy-mode",
        "cluster",
        "--conf",
        "spark.affetto.exit.folder=file://" + folder,
        "--",
        "compact",
        "--warehouse",
        "w");
  }

  private static String driverIs(String state) {
    return "12:00:00 INFO  ClientEndpoint: State of driver driver-20260101000000-0000 is %s,"
            .formatted(state)
        + " exiting spark-submit JVM.";
  }

  @Test
  void aStandaloneDriversExitCodeComesByItsFile() throws Exception {
    String master = "spark://host:7077";
    for (int code : List.of(1, 2, 3, 4)) {
      Outcome outcome = inClusterMode(master, driverIs("FAILED"), code + "", 0);
      assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
    }
    Outcome done = inClusterMode(master, driverIs("FINISHED"), "0", 0);
    assertThat(done.code()).isZero();
    assertThat(done.out())
        .contains("spark.standalone.submit.waitAppCompletion=true")
        .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
        .contains("local:/affetto.jar");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("no exit code is left behind")
          .containsExactlyInAnyOrder("spark home", "stdout", "stderr");
    }
  }

  /** Whatever cannot be known is not success. */
  @Test
  void aDriverThatLeftNoExitCodeHasFailedAndThatIsSaid() throws Exception {
    String master = "spark://host:7077";
    for (String state : List.of("FAILED", "ERROR", "KILLED")) {
      Outcome outcome = inClusterMode(master, driverIs(state), "", 0);
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("the driver is %s, and no exit code".formatted(state));
    }
    Outcome killed = inClusterMode(master, driverIs("KILLED"), "0", 0);
    assertThat(killed.code()).isEqualTo(1);
    Outcome silent = inClusterMode(master, "nothing to speak of", "", 0);
    assertThat(silent.code()).isEqualTo(1);
    assertThat(silent.err()).contains("what became of the driver cannot be known");
  }

  @Test
  void yarnAndKubernetesTellTheExitCodeInTheirWords() throws Exception {
    String yarn =
        "ERROR Client: Application diagnostics message: User application exited with status 4";
    Outcome refused = inClusterMode("yarn", yarn, "", 1);
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.out()).contains("spark.yarn.maxAppAttempts=1");
    assertThat(inClusterMode("yarn", "fine", "", 0).code()).isZero();
    Outcome unsaid = inClusterMode("yarn", "the cluster burns", "", 1);
    assertThat(unsaid.code()).isEqualTo(1);
    assertThat(unsaid.err()).contains("does not say what the driver ended with");
    String pod = "INFO  LoggingPodStatusWatcherImpl:  exit code: 3";
    assertThat(inClusterMode("k8s://https://host", pod, "", 0).code()).isEqualTo(3);
    assertThat(inClusterMode("k8s://https://host", pod.replace('3', '0'), "", 0).code()).isZero();
    assertThat(inClusterMode("k8s://https://host", "the pod is gone", "", 0).code()).isEqualTo(1);
  }
}
