package affetto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.fault.BadInputException;
import affetto.feature.FeatureMatrix;
import affetto.model.ClassWeights;
import affetto.model.Classifier;
import affetto.model.EmotionNetwork;
import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import affetto.model.ModelFolder;
import affetto.model.NetworkSpec;
import affetto.model.Networks;
import affetto.model.Optimizer;
import affetto.model.TrainedModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelStoreTest {
  private static final int FEATURES = 12;
  private static final List<Emotion> CLASSES = EmotionScheme.COMMON_SIX.classes();
  private static final NetworkSpec NETWORK =
      new NetworkSpec(
          Networks.RECIPE_CNN,
          new InputSpec(1, FEATURES, false),
          6,
          Optimizer.ADAM,
          1e-3,
          5,
          0,
          true,
          1);

  @TempDir Path folder;

  private ModelStore store() {
    return new ModelStore(folder.resolve("store").toString(), new Configuration());
  }

  private static TrainedModel model() {
    FeatureScaler scaler =
        new FeatureScaler(Collections.nCopies(FEATURES, 0.1), Collections.nCopies(FEATURES, 3.0));
    return new TrainedModel(
        EmotionNetwork.create(NETWORK), scaler, CLASSES, "recipe-162", "0123456789ab");
  }

  static ModelManifest manifest() {
    return new ModelManifest(
        "",
        0,
        "2026-01-01T00:00:00Z",
        CLASSES.stream().map(Emotion::label).toList(),
        "common-six",
        new ModelManifest.FeatureSetEntry("recipe-162", "0123456789ab", "{\"offset_s\":0.6}"),
        NETWORK,
        "ef",
        Map.of("fold", 1, "training", Map.of("seed", 7)),
        List.of(new ModelManifest.CorpusEntry("ravdess", 1440, "ab")),
        new ModelManifest.SplitEntry(
            "strict",
            "No speaker is on both sides.",
            1,
            6,
            0,
            0,
            List.of(new ModelManifest.SpeakerEntry("ravdess-01", "ravdess", "male"))),
        Map.of("train", 1200L, "test", 240L),
        Map.of("test", new ModelManifest.Score(0.4, 0.5, 1.0 / 6, 240)),
        new ModelManifest.TrainingEntry(
            "local",
            "cpu",
            1,
            2,
            2,
            ClassWeights.balanced(Map.of("ravdess", new long[] {1, 2, 0, 3, 3, 1})),
            List.of(1.5, 1.25),
            100,
            0.02,
            3,
            List.of()),
        Map.of("java", "17"),
        "unknown",
        Map.of());
  }

  private static FeatureMatrix clip(int seed) {
    float[] values = new float[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      values[i] = (float) Math.sin(seed * 7 + i);
    }
    return new FeatureMatrix(values, 1, FEATURES);
  }

  @Test
  void givesBackTheSamePosteriorsAndManifest() {
    TrainedModel model = model();
    ModelManifest published = store().publish("m", model, manifest());
    assertThat(published.reference()).isEqualTo("m:1");
    StoredModel stored = store().open("m");
    assertThat(stored.manifest()).isEqualTo(published);
    TrainedModel back = stored.model();
    assertThat(back.classes()).isEqualTo(CLASSES);
    assertThat(back.featureSet()).isEqualTo("recipe-162");
    List<FeatureMatrix> clips = List.of(clip(1), clip(2), clip(3));
    assertThat(back.posteriors(clips)).isDeepEqualTo(model.posteriors(clips));
  }

  @Test
  void countsVersionsAndOpensTheNewest() {
    store().publish("b", model(), manifest());
    store().publish("b", model(), manifest());
    store().publish("a", model(), manifest());
    assertThat(store().list())
        .extracting(ModelManifest::reference)
        .containsExactly("a:1", "b:1", "b:2");
    assertThat(store().manifest("b").version()).isEqualTo(2);
    assertThat(store().manifest("b:1").version()).isEqualTo(1);
  }

  @Test
  void publishersAtOnceGetVersionsOfTheirOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<ModelManifest>> publishing = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        publishing.add(threads.submit(() -> store().publish("m", model(), manifest())));
      }
      List<Integer> versions = new ArrayList<>();
      for (Future<ModelManifest> one : publishing) {
        versions.add(one.get().version());
      }
      assertThat(versions).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
      assertThat(store().list()).hasSize(12);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatHasNoManifestIsNotThere() throws IOException {
    store().publish("m", model(), manifest());
    store().publish("m", model(), manifest());
    Files.delete(folder.resolve("store/m/2/manifest.json"));
    assertThat(store().list()).hasSize(1);
    assertThat(store().manifest("m").version()).isEqualTo(1);
    assertThatThrownBy(() -> store().open("m:2")).hasMessageEndingWith("there are m:1");
    assertThat(store().publish("m", model(), manifest()).version()).isEqualTo(3);
  }

  @Test
  void unknownModelsAreAnsweredWithWhatThereIs() {
    assertThatThrownBy(() -> store().open("m"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("no model 'm' in store '")
        .hasMessageEndingWith("there is none at all");
    store().publish("m", model(), manifest());
    for (String wrong : List.of("n", "m:2", "m:one", "m:1:1", "", ":1", "../m")) {
      assertThatThrownBy(() -> store().open(wrong))
          .as(wrong)
          .isInstanceOf(BadInputException.class)
          .hasMessageEndingWith("there are m:1");
    }
  }

  @Test
  void namesThatAreNoFoldersAreRefused() {
    for (String wrong : List.of("a/b", "", "..", "a:b", "_x")) {
      assertThatThrownBy(() -> store().publish(wrong, model(), manifest()))
          .as(wrong)
          .isInstanceOf(BadInputException.class)
          .hasMessageStartingWith("model name '" + wrong + "'");
    }
  }

  @Test
  void changedFilesAreNoticed() throws IOException {
    store().publish("m", model(), manifest());
    rewrite("scaler.json", "3.0", "3.5");
    assertThatThrownBy(() -> store().open("m"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("scaler.json")
        .hasMessageContaining("checksum");
  }

  /** Writes a folder by itself, as Spark's executors do. */
  private record Folded(List<String> names) implements Classifier {
    @Override
    public InputSpec input() {
      return NETWORK.input();
    }

    @Override
    public double[][] posteriors(List<float[]> rows) {
      return new double[rows.size()][CLASSES.size()];
    }

    @Override
    public void write(ModelFolder folder) throws IOException {
      Path own = Path.of(URI.create(folder.below("parts")));
      for (String name : names) {
        Files.createDirectories(own.resolve(name).getParent());
        Files.writeString(own.resolve(name), name);
      }
    }
  }

  private static TrainedModel folded(String... names) {
    FeatureScaler scaler = new FeatureScaler(List.of(0.0), List.of(1.0));
    return new TrainedModel(new Folded(List.of(names)), scaler, CLASSES, "prosody", "1");
  }

  @Test
  void everyFileBelowIsInTheManifestAndChecked() throws IOException {
    ModelManifest published = store().publish("m", folded("a/x", "a/_SUCCESS", "b"), manifest());
    assertThat(published.files())
        .containsOnlyKeys("scaler.json", "parts/a/x", "parts/a/_SUCCESS", "parts/b");
    StoredModel stored = store().open("m");
    assertThat(stored.files()).containsOnlyKeys("scaler.json");
    assertThat(stored.folder()).endsWith("store/m/1");

    Path parts = folder.resolve("store/m/1/parts");
    Files.writeString(parts.resolve("b"), "c");
    assertThatThrownBy(() -> store().open("m"))
        .hasMessageContaining("parts/b")
        .hasMessageContaining("checksum");
    Files.writeString(parts.resolve("b"), "b");
    Files.writeString(parts.resolve("a/more"), "");
    assertThatThrownBy(() -> store().open("m"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("parts/a/more' was not published");
    Files.delete(parts.resolve("a/more"));
    store().open("m");
    Files.delete(parts.resolve("a/x"));
    assertThatThrownBy(() -> store().open("m"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("parts/a/x' of the store cannot be read");
  }

  @Test
  void aFolderThatOnlyTheDriverReachedIsNotPublished() {
    assertThatThrownBy(() -> store().publish("m", folded("_SUCCESS"), manifest()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("does every executor reach this file system?");
    assertThat(store().list()).isEmpty();
  }

  @Test
  void aClassifierThatNobodyReadsIsNoNetwork() {
    store().publish("m", folded("b"), manifest());
    assertThatThrownBy(() -> store().open("m").model())
        .isInstanceOf(BadInputException.class)
        .hasMessage("model m:1 cannot be loaded: it has no network.zip");
  }

  @Test
  void manifestsAreDeterministicAndReadable() throws IOException {
    store().publish("m", model(), manifest());
    store().publish("m", model(), manifest());
    String first = Files.readString(folder.resolve("store/m/1/manifest.json"));
    assertThat(first)
        .contains("\"protocol\" : \"strict\"")
        .contains("\"seed\" : 7")
        .endsWith("}\n");
    String scaler = Files.readString(folder.resolve("store/m/1/scaler.json"));
    assertThat(Files.readString(folder.resolve("store/m/2/scaler.json"))).isEqualTo(scaler);
  }

  @Test
  void manifestsOfReleasesThatSaidNothingOfLayersAreRead() throws IOException {
    store().publish("m", model(), manifest());
    assertThat(store().manifest("m").layers()).isEqualTo("ef");
    rewrite("manifest.json", "\"layers\" : \"ef\",", "");
    assertThat(store().manifest("m").layers()).isEmpty();
  }

  private void rewrite(String file, String from, String to) throws IOException {
    Forgery.replace(folder.resolve("store/m/1/" + file), from, to);
  }

  /** A manifest that somebody else has written names no file but its own, and no other model. */
  @ParameterizedTest
  @CsvSource({
    "'\"scaler.json\" :', '\"../../n/1/scaler.json\" :', no file within its folder",
    "'\"scaler.json\" :', '\"/etc/passwd\" :', no file within its folder",
    "'\"scaler.json\" :', '\"a/../../x\" :', no file within its folder",
    "'\"name\" : \"m\"', '\"name\" : \"n\"', it is that of n:1",
    "'\"version\" : 1', '\"version\" : 2', it is that of m:2",
    "'\"frames\" : 1', '\"frames\" : 2000000000', which are too many",
    "'\"frames\" : 1', '\"frames\" : -1', no id or no input",
    "'\"training\" : {', '\"other\" : {', training is missing",
    "'{', '{',", // left as it is, to show that the others fail for their change alone
  })
  void manifestsAreThoseOfTheirFolders(String from, String to, String reason) throws IOException {
    store().publish("m", model(), manifest());
    rewrite("manifest.json", from, to);
    if (reason == null) {
      store().open("m").model();
      return;
    }
    assertThatThrownBy(() -> store().open("m"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("store/m/1/manifest.json' cannot be read: ")
        .hasMessageContaining(reason);
  }

  @Test
  void descriptionsThatAreTooDeepOrLargeAreRefused() throws IOException {
    store().publish("m", model(), manifest());
    rewrite("manifest.json", "\"fold\" : 1", "\"fold\" : " + "[".repeat(100_000));
    assertThatThrownBy(() -> store().open("m")).isInstanceOf(BadInputException.class);
    rewrite("manifest.json", "{", " ".repeat(1 << 22));
    assertThatThrownBy(() -> store().open("m"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("more than the 16777215 bytes that are read");
  }

  /** Parts that do not fit each other are found when a model is opened. */
  @Test
  void aModelIsTriedOut() {
    FeatureScaler other = new FeatureScaler(List.of(0.0), List.of(1.0));
    TrainedModel odd =
        new TrainedModel(EmotionNetwork.create(NETWORK), other, CLASSES, "recipe-162", "1");
    store().publish("m", odd, manifest());
    assertThatThrownBy(() -> store().open("m").model())
        .isInstanceOf(BadInputException.class)
        .hasMessage("model m:1 cannot be loaded: its scaler has 1 features, its input 12");
  }
}
