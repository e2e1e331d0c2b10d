package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.cluster.RunningAffetto;
import affetto.cluster.StandaloneCluster;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.train.EngineKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trainings in processes of their own, by one worker or two, that get a kill -9, or lose an
 * executor, and must end with the network of one that ran undisturbed, to the last bit.
 */
class KilledTrainingIT {
  /** One more than the last that is killed: whoever is slow to kill it still finds it. */
  private static final int EPOCHS = 6;

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeAll
  static void startCluster() throws Exception {
    sweep();
    cluster = new StandaloneCluster(folder).await().worker("a", 2);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  private static void sweep() {
    done("synth", "--out", at("corpora"), "--speakers", "4", "--clips", "6");
    List<String> ingest = new ArrayList<>(List.of("ingest", "--warehouse", at("warehouse")));
    for (String corpus : List.of("ravdess", "cremad", "savee", "tess")) {
      ingest.addAll(List.of("--corpus", corpus + "=" + at("corpora/" + corpus)));
    }
    done(ingest.toArray(String[]::new));
    String sweep = Path.of("conf/sweep-clean.conf").toAbsolutePath().toString();
    done("sweep", "--warehouse", at("warehouse"), "--sweep", sweep);
  }

  private static void done(String... command) {
    Outcome outcome = Outcome.run(command);
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  /** A schedule that bites, early stopping, weights and an uneven last round. */
  private static List<String> train(String name, int workers, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "train",
                "--warehouse",
                at("warehouse"),
                "--store",
                at("store"),
                "--name",
                name,
                "--epochs",
                EPOCHS + "",
                "--workers",
                workers + "",
                "--learning-rate",
                "0.002",
                "--set",
                "train.batch-size=4",
                "--set",
                "train.averaging-frequency=3",
                "--set",
                "train.plateau-patience=1",
                "--set",
                "train.early-stopping-patience=4",
                "--set",
                "train.class-weights=true"));
    command.addAll(List.of(more));
    return command;
  }

  /** What a training without any trouble publishes. */
  private static Published undisturbed(int workers) throws Exception {
    String name = "undisturbed-by-" + workers;
    if (!Files.exists(folder.resolve("store/" + name))) {
      try (RunningAffetto training = RunningAffetto.start(train(name, workers))) {
        assertThat(training.exitCode()).as(training.text()).isZero();
      }
    }
    return Published.of(name);
  }

  /** All that determines a model, and how it came about. */
  private record Published(Map<String, String> network, String scaler, ModelManifest manifest) {

    static Published of(String name) throws IOException {
      Path version = folder.resolve("store/" + name + "/1");
      return new Published(
          entries(Files.readAllBytes(version.resolve("network.zip"))),
          Files.readString(version.resolve("scaler.json")),
          new ModelStore(at("store"), new Configuration()).manifest(name + ":1"));
    }

    /** Checksums, entry by entry: a zip notes the time, too. */
    private static Map<String, String> entries(byte[] file) throws IOException {
      Map<String, String> entries = new TreeMap<>();
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          entries.put(entry.getName(), DigestUtils.sha256Hex(zip));
        }
      }
      return entries;
    }

    void equalsTo(Published other) {
      assertThat(manifest.training().losses()).isEqualTo(other.manifest.training().losses());
      assertThat(manifest.training().bestEpoch()).isEqualTo(other.manifest.training().bestEpoch());
      assertThat(network).hasSizeGreaterThan(1).isEqualTo(other.network);
      assertThat(scaler).isEqualTo(other.scaler);
      assertThat(manifest.scores()).isEqualTo(other.manifest.scores());
    }
  }

  /** Waits until the training begins to write an epoch's checkpoint. */
  private static void awaitCheckpoint(RunningAffetto training, String name, int epoch)
      throws IOException, InterruptedException {
    while (checkpoints(name).noneMatch(path -> path.endsWith("epoch-" + epoch))) {
      assertThat(training.isAlive()).as(training.text()).isTrue();
      Thread.sleep(1);
    }
  }

  private static Stream<Path> checkpoints(String name) throws IOException {
    Path root = folder.resolve("store/" + name + "/_checkpoints");
    if (!Files.exists(root)) {
      return Stream.of();
    }
    List<Path> all = new ArrayList<>();
    try (Stream<Path> runs = Files.list(root)) {
      for (Path run : runs.toList()) {
        try (Stream<Path> epochs = Files.list(run)) {
          epochs.forEach(all::add);
        }
      }
    }
    return all.stream();
  }

  /** Kills a training in the middle of an epoch, by the time that the one before took. */
  private static void killWithin(RunningAffetto training, int epoch) throws InterruptedException {
    training.awaitLine("epoch %d/".formatted(epoch - 2));
    long start = System.nanoTime();
    training.awaitLine("epoch %d/".formatted(epoch - 1));
    Thread.sleep((System.nanoTime() - start) / 2_000_000);
    training.kill();
    assertThat(training.text()).doesNotContain("epoch %d/".formatted(EPOCHS));
  }

  private static void resume(String name, int workers) throws Exception {
    try (RunningAffetto last = RunningAffetto.start(train(name, workers, "--resume"))) {
      assertThat(last.exitCode()).as(last.text()).isZero();
      assertThat(last.text()).contains("goes on after epoch ").doesNotContain("epoch 1/");
    }
    assertThat(checkpoints(name)).as("checkpoints of what is published").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aDriverKilledBetweenEpochsAndWithinOneIsAsIfNothingHadHappened(int workers)
      throws Exception {
    String name = "killed-by-" + workers;
    try (RunningAffetto first = RunningAffetto.start(train(name, workers))) {
      awaitCheckpoint(first, name, 2);
      first.kill();
    }
    try (RunningAffetto second = RunningAffetto.start(train(name, workers, "--resume"))) {
      killWithin(second, 5);
    }
    resume(name, workers);
    Published published = Published.of(name);
    published.equalsTo(undisturbed(workers));
    assertThat(published.manifest().training().resumptions()).hasSize(2);
  }

  /** Spark gives the lost worker's part of the round to another executor. */
  @ParameterizedTest
  @EnumSource
  void anExecutorKilledDuringARoundChangesNothing(EngineKind engine) throws Exception {
    List<String> command = new ArrayList<>(cluster.submitOptions());
    command.add("--");
    String name = "executor-lost-" + engine.id();
    command.addAll(train(name, 2, "--set", "train.averaging-engine=" + engine.id()));
    try (RunningAffetto training = RunningAffetto.start(command)) {
      training.awaitLine("epoch 1/");
      long start = System.nanoTime();
      training.awaitLine("epoch 2/");
      Thread.sleep((System.nanoTime() - start) / 2_000_000);
      List<ProcessHandle> executors = cluster.executors();
      assertThat(executors).hasSize(2);
      assertThat(executors.get(0).destroyForcibly()).isTrue();
      assertThat(training.exitCode()).as(training.text()).isZero();
      assertThat(training.text()).contains("Lost executor").doesNotContain("goes on after");
    }
    Published.of(name).equalsTo(undisturbed(2));
  }
}
