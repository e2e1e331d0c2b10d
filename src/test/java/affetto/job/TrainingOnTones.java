package affetto.job;

import affetto.augment.Augmentation;
import affetto.augment.Clean;
import affetto.baseline.BaselineSpec;
import affetto.corpus.EmotionScheme;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on tones of six speakers, two of them in the test, and what they leave in a store. */
abstract class TrainingOnTones {

  private static final List<String> SENTENCES = List.of("DFA", "IEO", "IOM");

  private static SparkSession spark;
  @TempDir static Path folder;
  private static TestCorpus cremad;

  final List<String> lines = new ArrayList<>();
  Path store;

  @BeforeAll
  static void sweepTones() throws IOException {
    spark = Sessions.open("safe", TestCorpus.LOCAL);
    cremad = new TestCorpus(folder.resolve("cremad"));
    for (int speaker = 1; speaker <= 6; speaker++) {
      record(speaker);
    }
    sweep("warehouse", List.of(new Clean()));
  }

  /** One more speaker for whoever ingests from now on. */
  static void record(int speaker) throws IOException {
    cremad.speaker(speaker, SENTENCES);
  }

  static void sweep(String warehouse, List<Augmentation> augmentations) {
    sweep(warehouse, "recipe-162", augmentations);
  }

  static void sweep(String warehouse, String featureSet, List<Augmentation> augmentations) {
    cremad.sweep(spark, folder.resolve(warehouse), featureSet, augmentations);
  }

  @BeforeEach
  void anEmptyStore() throws IOException {
    store = Files.createTempDirectory(folder, "store");
  }

  TrainSpec spec(String warehouse, int fold, TrainingSpec training, SafetySpec safety) {
    return new TrainSpec(
        folder.resolve(warehouse).toString(),
        store.toString(),
        "tones",
        "recipe-162",
        "recipe-cnn",
        "speaker",
        3,
        fold,
        "",
        EmotionScheme.COMMON_SIX,
        0.25,
        true,
        true,
        training,
        BaselineSpec.NONE,
        safety);
  }

  static TrainingSpec training(int epochs, int batchSize, double learningRate) {
    return new TrainingSpec(epochs, 1, batchSize, 2, learningRate, 0.4, 2, 0, true, 3);
  }

  TrainSpec plain(int epochs) {
    return spec("warehouse", 1, training(epochs, 4, 1e-3), SafetySpec.DEFAULT);
  }

  TrainSpec guarded(SafetySpec safety) {
    return spec("warehouse", 1, training(2, 4, 1e-3), safety);
  }

  TrainResult run(TrainSpec spec) {
    return run(spec, lines::add);
  }

  static TrainResult run(TrainSpec spec, Progress progress) {
    return TrainJob.run(spark, spec, progress);
  }

  TrainResult resume(TrainSpec spec) {
    return TrainJob.run(spark, spec, true, lines::add);
  }

  ModelManifest manifest(String reference) {
    return new ModelStore(store.toString(), new Configuration()).manifest(reference);
  }

  List<Path> checkpoints() throws IOException {
    Path root = store.resolve("tones/_checkpoints");
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> runs = Files.list(root)) {
      return runs.sorted().toList();
    }
  }

  static TrainSpec with(String network, BaselineSpec baseline, TrainSpec like) {
    return new TrainSpec(
        like.warehouse(),
        like.store(),
        like.name(),
        like.featureSet(),
        network,
        like.protocol(),
        like.folds(),
        like.fold(),
        like.emoboxFolds(),
        like.scheme(),
        like.validationShare(),
        like.dropDuplicates(),
        like.dropSilent(),
        like.training(),
        baseline,
        like.safety());
  }

  TrainSpec baseline(SafetySpec safety) {
    TrainSpec like = spec("warehouse", 1, training(1, 4, 1e-3), safety);
    return with("mllib-logistic", new BaselineSpec(List.of(0.01), 100, 1, 1), like);
  }
}
