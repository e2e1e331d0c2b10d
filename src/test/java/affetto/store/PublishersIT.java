package affetto.store;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.model.Classifier;
import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import affetto.model.ModelFolder;
import affetto.model.TrainedModel;
import affetto.servers.Servers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What differs between disk, HDFS and S3 in a store: publishers at once, and checkpoints put in
 * each other's place.
 */
class PublishersIT {

  private static final int PUBLISHERS = 3;
  private static final int ROUNDS = 5;
  private static final List<Emotion> CLASSES = EmotionScheme.COMMON_SIX.classes();

  @TempDir static Path folder;

  static Stream<Arguments> places() {
    return Stream.of(
        Arguments.of(folder.resolve("disk").toString(), new Configuration()),
        Arguments.of(Servers.hdfs().getURI().toString(), new Configuration()),
        Arguments.of(Servers.s3().uri(), Servers.s3().configuration()));
  }

  /** Something small that only its writer writes. */
  private record Word(String word) implements Classifier {
    @Override
    public InputSpec input() {
      return new InputSpec(1, 1, false);
    }

    @Override
    public double[][] posteriors(List<float[]> rows) {
      return new double[rows.size()][CLASSES.size()];
    }

    @Override
    public void write(ModelFolder folder) throws IOException {
      folder.write("word", word.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static TrainedModel model(String word) {
    FeatureScaler scaler = new FeatureScaler(List.of(0.0), List.of(1.0));
    return new TrainedModel(new Word(word), scaler, CLASSES, "prosody", "1");
  }

  /** Each with a client of its own, as in processes of their own. */
  private static Configuration own(Configuration conf) {
    Configuration own = new Configuration(conf);
    for (String scheme : List.of("file", "hdfs", "s3a")) {
      own.setBoolean("fs." + scheme + ".impl.disable.cache", true);
    }
    return own;
  }

  @ParameterizedTest
  @MethodSource("places")
  void publishersAtOnceGetVersionsOfTheirOwn(String root, Configuration conf) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
    CyclicBarrier barrier = new CyclicBarrier(PUBLISHERS);
    List<Future<List<ModelManifest>>> publishing = new ArrayList<>();
    try {
      for (int i = 0; i < PUBLISHERS; i++) {
        String word = "publisher " + i;
        // Two share a client, the others have their own.
        ModelStore store = new ModelStore(root + "/at once", i < 2 ? conf : own(conf));
        publishing.add(
            threads.submit(
                () -> {
                  List<ModelManifest> published = new ArrayList<>();
                  for (int round = 0; round < ROUNDS; round++) {
                    barrier.await();
                    published.add(
                        store.publish("m", model(word + round), ModelStoreTest.manifest()));
                  }
                  return published;
                }));
      }
      List<ModelManifest> all = new ArrayList<>();
      for (Future<List<ModelManifest>> one : publishing) {
        all.addAll(one.get());
      }
      ModelStore store = new ModelStore(root + "/at once", conf);
      assertThat(all).extracting(ModelManifest::version).doesNotHaveDuplicates();
      assertThat(store.list())
          .hasSize(PUBLISHERS * ROUNDS)
          .containsExactlyInAnyOrderElementsOf(all);
      for (ModelManifest manifest : all) {
        assertThat(store.open(manifest.reference()).manifest()).isEqualTo(manifest);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Who came later sees the claim of who died, and goes past it. */
  @ParameterizedTest
  @MethodSource("places")
  void whatADeadPublisherClaimedIsNeverGivenAgain(String root, Configuration conf)
      throws IOException {
    org.apache.hadoop.fs.Path claim =
        new org.apache.hadoop.fs.Path(root + "/dead/m/1/_claim-somebody");
    FileSystem files = claim.getFileSystem(conf);
    try (FSDataOutputStream out = files.create(claim)) {
      out.write(1);
    }
    ModelStore store = new ModelStore(root + "/dead", conf);
    assertThat(store.publish("m", model("late"), ModelStoreTest.manifest()).version()).isEqualTo(2);
    assertThat(new Claim(files).isWon(claim.getParent())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("places")
  void keepsTheLastTwoCheckpoints(String root, Configuration conf) throws IOException {
    CheckpointStore store = new ModelStore(root + "/checkpoints", conf).checkpoints("m");
    for (int epochs : List.of(1, 2, 3, 3)) {
      store.save("run", checkpoint(epochs));
    }
    StoredCheckpoint newest = store.newest("run", Assertions::fail).orElseThrow();
    assertThat(newest.checkpoint().epoch()).isEqualTo(3);
    assertThat(newest.parameters()).containsExactly(3, 0.5f);
    org.apache.hadoop.fs.Path run =
        new org.apache.hadoop.fs.Path(root + "/checkpoints/m/_checkpoints/run");
    FileSystem files = run.getFileSystem(conf);
    assertThat(files.listStatus(run))
        .extracting(status -> status.getPath().getName())
        .containsExactlyInAnyOrder("epoch-2", "epoch-3");
    store.setAside("run");
    store.save("run", checkpoint(1));
    store.setAside("run");
    assertThat(files.exists(run)).isFalse();
    store.remove("run");
    assertThat(store.runs()).isEmpty();
  }

  private static StoredCheckpoint checkpoint(int epochs) {
    Checkpoint checkpoint =
        new Checkpoint(
            Map.of("fold", "1"),
            Map.of(),
            epochs,
            epochs,
            List.of(),
            0,
            Collections.nCopies(epochs, new Checkpoint.EpochEntry(1, 0.5, 1e-3, 100, "cpu")),
            1,
            List.of(),
            "2026-01-01T00:00:00Z",
            Map.of());
    return new StoredCheckpoint(checkpoint, new float[] {epochs, 0.5f}, new float[0], new float[0]);
  }
}
