package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.cluster.RunningAffetto;
import affetto.cluster.StandaloneCluster;
import affetto.job.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep in processes of its own that gets a kill -9 between its rounds, loses an executor, and
 * gets another kill -9 while it gathers files: at no time is half of it to be seen, nothing is
 * computed twice but what the last round had begun, and it ends with the rows of one that ran
 * undisturbed. So does a compact.
 */
class KilledSweepIT {

  private static final int AUGMENTATIONS = 8;
  private static final int ROWS = 84 * AUGMENTATIONS;

  @TempDir private static Path folder;

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  /** Runs a command that must end well; returns what it prints. */
  private static String done(String... command) {
    Outcome outcome = Outcome.run(command);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.out();
  }

  private static void prepare() throws IOException {
    done("synth", "--out", at("corpora"), "--speakers", "4", "--clips", "6");
    ingest("killed", "ravdess", "cremad", "savee", "tess");
    ingest("whole", "ravdess", "cremad");
    Files.writeString(
        folder.resolve("sweep.conf"),
        """
        augmentations = [
          { type = clean }
          { type = noise, amplitude = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06] }
          { type = pitch-shift, semitones = 1 }
        ]
        """);
  }

  private static void ingest(String warehouse, String... corpora) {
    List<String> ingest = new ArrayList<>(List.of("ingest", "--warehouse", at(warehouse)));
    for (String corpus : corpora) {
      ingest.addAll(List.of("--corpus", corpus + "=" + at("corpora/" + corpus)));
    }
    done(ingest.toArray(String[]::new));
  }

  /** Rounds are so short that each takes the sound of one corpus. */
  private static List<String> sweep(String warehouse) {
    return List.of(
        "sweep",
        "--warehouse",
        at(warehouse),
        "--sweep",
        at("sweep.conf"),
        "--set",
        "sweep.round-minutes=0.01");
  }

  private static String planned(String warehouse) {
    List<String> command = new ArrayList<>(sweep(warehouse));
    command.add("--dry-run");
    return done(command.toArray(String[]::new));
  }

  private static Stream<Path> files(String warehouse, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(warehouse + "/features"))) {
      return all.filter(path -> path.toString().endsWith(ending)).toList().stream();
    }
  }

  private static void assertNothingCounts() throws IOException {
    assertThat(files("killed", ".parquet")).isNotEmpty();
    assertThat(files("killed", "_commit.json")).isEmpty();
  }

  @Test
  void aSweepThatIsKilledGoesOnWhereItStopped() throws Exception {
    prepare();
    assertThat(planned("killed"))
        .contains("clean                    84 to compute, 0 there")
        .contains("recipe-162: %d rows to compute from 84 clips (".formatted(ROWS))
        .contains(" hours on ");
    assertThat(folder.resolve("killed/features")).doesNotExist();
    // More cores would take all in one round.
    List<String> onTwoCores = new ArrayList<>(List.of("--master", "local[2]", "--"));
    onTwoCores.addAll(sweep("killed"));
    try (RunningAffetto first = RunningAffetto.start(onTwoCores)) {
      first.awaitLine("sweep recipe-162: a round of ");
      first.kill();
    }
    assertNothingCounts();
    loseAnExecutorAndThenTheDriver();
    try (RunningAffetto last = RunningAffetto.start(sweep("killed"))) {
      assertThat(last.exitCode()).as(last.text()).isZero();
      assertThat(last.text())
          .contains("sweep recipe-162: 0 clips to compute")
          .contains("recipe-162: 0 rows new, %d kept".formatted(ROWS));
    }
    done(sweep("whole").toArray(String[]::new));
    ingest("whole", "savee", "tess");
    done(sweep("whole").toArray(String[]::new));
    killACompact("whole");
    for (String warehouse : List.of("killed", "whole")) {
      done("vacuum", "--warehouse", at(warehouse), "--older-than", "0");
    }
    assertThat(rows("killed")).hasSize(ROWS).isEqualTo(rows("whole"));
  }

  private static void killACompact(String warehouse) throws Exception {
    List<String> compact = List.of("compact", "--warehouse", at(warehouse));
    List<Path> before = files(warehouse, ".parquet").toList();
    assertThat(before).hasSize(2 * AUGMENTATIONS);
    try (RunningAffetto first = RunningAffetto.start(compact)) {
      while (files(warehouse, ".parquet").toList().size() <= before.size()) {
        assertThat(first.isAlive()).as(first.text()).isTrue();
        Thread.sleep(5);
      }
      first.kill();
    }
    assertThat(files(warehouse, ".parquet")).containsAll(before);
    assertThat(planned(warehouse))
        .contains("recipe-162: 0 rows to compute from 0 clips")
        .contains(", %d there".formatted(ROWS));
    assertThat(done(compact.toArray(String[]::new)))
        .contains("augmentations written anew, ", " -> %d files".formatted(AUGMENTATIONS));
  }

  private static void loseAnExecutorAndThenTheDriver() throws Exception {
    try (StandaloneCluster cluster =
        new StandaloneCluster(Files.createDirectories(folder.resolve("cluster")))
            .await()
            .worker("a", 2)) {
      List<String> command = new ArrayList<>(cluster.submitOptions());
      command.add("--");
      command.addAll(sweep("killed"));
      try (RunningAffetto second = RunningAffetto.start(command)) {
        second.awaitLine("sweep recipe-162: a round of ");
        List<ProcessHandle> executors = cluster.executors();
        assertThat(executors).hasSize(2);
        assertThat(executors.get(0).destroyForcibly()).isTrue();
        second.awaitLine("sweep: gathering ");
        assertNothingCounts();
        second.kill();
        assertThat(second.text())
            .contains("Lost executor")
            .doesNotContain("sweep recipe-162: %d clips to compute".formatted(ROWS));
      }
    }
  }

  /** By clip, all its columns; a plain reader's view, since nothing but what counts is left. */
  private static Map<String, String> rows(String warehouse) {
    Map<String, String> rows = new TreeMap<>();
    try (SparkSession spark = Sessions.open("rows", Map.of("spark.master", "local[2]"))) {
      for (Row row :
          spark
              .read()
              .parquet(at(warehouse + "/features/feature_set=recipe-162"))
              .drop("commit")
              .collectAsList()) {
        Object[] values = new Object[row.length()];
        Arrays.setAll(values, row::get);
        assertThat(rows.put(row.getAs("clip_id"), Arrays.toString(values))).isNull();
      }
    }
    return rows;
  }
}
