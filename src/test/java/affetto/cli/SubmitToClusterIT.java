package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/affetto} with a Spark's home: what it has spark-submit do, and how it ends. */
class SubmitToClusterIT {

  @TempDir private Path folder;

  private UserShell shell() {
    return new UserShell(folder);
  }

  @Test
  void aSparkHomeWithoutSparkSubmitIsNamed() throws Exception {
    Outcome outcome =
        shell().run(Map.of("SPARK_HOME", folder.toString()), UserShell.AFFETTO, "doctor");
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains(folder.toString());
  }

  /** The home of a Spark whose {@code spark-submit} says what it was called with. */
  private Path sparkThatTells() throws IOException {
    Path home = folder.resolve("spark home");
    UserShell.program(
        home.resolve("bin/spark-submit"), "#!/bin/sh\nfor a; do printf '%s\\n' \"$a\"; done\n");
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
    assertThat(limits(shell().run(environment, UserShell.AFFETTO, as)))
        .endsWith("maxbytes=1536m", "maxphysicalbytes=6g");
    String[] larger =
        Stream.concat(Stream.of("--executor-memory", "8g"), Stream.of(as)).toArray(String[]::new);
    assertThat(limits(shell().run(environment, UserShell.AFFETTO, larger)))
        .endsWith("maxphysicalbytes=10240m");
    environment.put("AFFETTO_TENSORS", "3G");
    assertThat(limits(shell().run(environment, UserShell.AFFETTO, as))).endsWith("maxbytes=3G");
    environment.put("AFFETTO_PROCESS", "9G");
    assertThat(limits(shell().run(environment, UserShell.AFFETTO, larger)))
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
          shell()
              .run(
                  environment,
                  UserShell.AFFETTO,
                  "--master=yarn",
                  "--deploy-mode=cluster",
                  "--",
                  command);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).startsWith("affetto: " + command + ": begins no Spark session");
      Outcome client = shell().run(environment, UserShell.AFFETTO, "--master=yarn", "--", command);
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
        shell()
            .run(
                Map.of(
                    "SPARK_HOME", home.toString(),
                    "OMP_WAIT_POLICY", "active",
                    "MALLOC_TRIM_THRESHOLD_", "7000000"),
                UserShell.AFFETTO,
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
    UserShell.program(
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
    return shell()
        .run(
            Map.of("SPARK_HOME", home.toString(), "AFFETTO_JAR", "local:/affetto.jar"),
            UserShell.AFFETTO,
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
