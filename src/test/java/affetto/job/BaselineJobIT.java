package affetto.job;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import affetto.augment.Clean;
import affetto.baseline.BaselineSpec;
import affetto.corpus.Corpus;
import affetto.corpus.EmotionScheme;
import affetto.fault.BadInputException;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.table.PredictionTable;
import affetto.table.Warehouse;
import affetto.train.TrainingSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both baselines on synthetic speech: trained, published, evaluated and put to work. */
class BaselineJobIT {

  private static final BaselineSpec BASELINE = new BaselineSpec(List.of(0.01), 200, 20, 6);

  @TempDir static Path folder;
  private static SparkSession spark;
  private static Warehouse warehouse;
  private static String store;

  @BeforeAll
  static void sweepSyntheticSpeech() {
    spark = Sessions.open("baselines", TestCorpus.LOCAL);
    warehouse = new Warehouse(folder.resolve("warehouse").toString());
    store = folder.resolve("store").toString();
    SynthJob.run(new SynthJobSpec(folder.resolve("synth").toString(), 4, 14, 3));
    List<CorpusSource> sources =
        Corpus.all().stream()
            .map(
                corpus ->
                    new CorpusSource(
                        corpus.id(), folder.resolve("synth").resolve(corpus.id()).toString()))
            .toList();
    IngestJob.run(spark, new IngestSpec(sources, warehouse.root(), 1 << 20), Progress.SILENT);
    sweep("recipe-162");
    sweep("prosody");
    sweep("logmel-16");
  }

  private static void sweep(String features) {
    SweepJob.run(
        spark, new SweepSpec(warehouse.root(), features, List.of(new Clean()), 1), Progress.SILENT);
  }

  private static TrainSpec training(
      String name, String features, String network, double validation, BaselineSpec baseline) {
    return new TrainSpec(
        warehouse.root(),
        store,
        name,
        features,
        network,
        "speaker",
        4,
        1,
        "",
        EmotionScheme.COMMON_SIX,
        validation,
        true,
        true,
        new TrainingSpec(1, 99, 16, 1, 1e-3, 1, 2, 0, true, 1),
        baseline,
        SafetySpec.DEFAULT);
  }

  private static ModelStore models() {
    return new ModelStore(store, new Configuration());
  }

  @ParameterizedTest
  @CsvSource({"mllib-logistic, recipe-162", "mllib-forest, prosody"})
  void isTrainedPublishedEvaluatedAndPutToWorkAsANetworkIs(String network, String features)
      throws IOException {
    String name = network + "-" + features;
    TrainResult trained =
        TrainJob.run(spark, training(name, features, network, 0.25, BASELINE), Progress.SILENT);
    assertThat(trained.model()).isEqualTo(name + ":1");
    assertThat(trained.scores()).containsKeys("test", "test/ravdess", "test/cremad", "validation");
    assertThat(trained.testUar()).isGreaterThan(2.0 / 6);

    ModelManifest manifest = models().manifest(name);
    assertThat(manifest.network().id()).isEqualTo(network);
    assertThat(manifest.training().classWeights().byCorpus())
        .containsOnlyKeys("ravdess", "cremad", "savee", "tess")
        .allSatisfy((corpus, weights) -> assertThat(weights).hasSize(6))
        // Neutral and calm of ravdess are one class here, so it has twice the rows of the others.
        .hasEntrySatisfying(
            "ravdess",
            weights -> {
              assertThat(weights.get(0)).isLessThan(0.75);
              assertThat(weights.subList(1, 6)).allMatch(weight -> weight >= 1);
            });
    assertThat(manifest.training().backend()).isEqualTo("spark-mllib");
    assertThat(manifest.split().sharedSpeakers()).isZero();
    assertThat(manifest.files().keySet())
        .contains("scaler.json", "classifier/metadata/part-00000")
        .anyMatch(file -> file.matches("classifier/data/part-.*\\.parquet"));
    assertThat(RecordedSettings.read(manifest.spec()).baseline()).isEqualTo(BASELINE);
    assertThat(ModelsJob.list(store)).anyMatch(line -> line.startsWith(name + ":1 "));

    EvaluateResult evaluated =
        EvaluateJob.run(spark, new EvaluateSpec(warehouse.root(), store, name), Progress.SILENT);
    assertThat(evaluated.overall().uar()).isCloseTo(trained.testUar(), within(1e-12));
    Dataset<Row> predictions =
        PredictionTable.TABLE.read(spark, warehouse).where("model = '%s'".formatted(name));
    assertThat(predictions.count()).isEqualTo(evaluated.overall().rows()).isPositive();
    assertThat(predictions.where("posterior_calm is not null").count()).isZero();

    Path call = folder.resolve("synth/ravdess");
    String out = folder.resolve(name + "-scores").toString();
    ScoreResult scored =
        ScoreJob.run(
            spark, new ScoreSpec(store, name, call.toString(), out, 1 << 20), Progress.SILENT);
    assertThat(scored.rejected()).isZero();
    for (Row row : spark.read().parquet(out).collectAsList()) {
      double sum = 0;
      for (var emotion : EmotionScheme.COMMON_SIX.classes()) {
        sum += row.<Double>getAs("posterior_" + emotion.label());
      }
      assertThat(sum).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void theSameRowsAndSeedGiveTheSameScores() {
    TrainSpec forest = training("twice", "prosody", "mllib-forest", 0.25, BASELINE);
    TrainResult one = TrainJob.run(spark, forest, Progress.SILENT);
    TrainResult two = TrainJob.run(spark, forest, Progress.SILENT);
    assertThat(two.model()).isEqualTo("twice:2");
    assertThat(two.scores()).isEqualTo(one.scores());
  }

  @Test
  void validationSpeakersChooseTheRegularisation() {
    BaselineSpec choices = new BaselineSpec(List.of(10.0, 0.01), 200, 1, 1);
    List<String> lines = new ArrayList<>();
    TrainJob.run(
        spark, training("chosen", "recipe-162", "mllib-logistic", 0.25, choices), lines::add);
    assertThat(lines).filteredOn(line -> line.contains("validation UAR")).hasSize(2);
    assertThat(models().manifest("chosen").training().trainer())
        .isEqualTo("spark-mllib: L-BFGS, L2 0.01");
    TrainSpec nobody = training("nobody", "recipe-162", "mllib-logistic", 0, choices);
    assertThatThrownBy(() -> TrainJob.run(spark, nobody, Progress.SILENT))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("train.baseline.l2")
        .hasMessageContaining("train.validation-share");
  }

  @Test
  void whatDoesNotFitIsTheUsersMistake() {
    TrainSpec matrix = training("matrix", "logmel-16", "mllib-logistic", 0, BASELINE);
    assertThatThrownBy(() -> TrainJob.run(spark, matrix, Progress.SILENT))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("network 'mllib-logistic' takes a vector of scalars, but feature");
    TrainSpec unknown = training("unknown", "prosody", "mllib-svm", 0, BASELINE);
    assertThatThrownBy(() -> TrainJob.run(spark, unknown, Progress.SILENT))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "no network is called 'mllib-svm'; there are recipe-cnn, logmel-attention, logmel-levels,"
                + " prosody-mlp, mllib-logistic, mllib-forest");
  }

  /** No feature set writes one, but who knows who else has written here. */
  @Test
  void aFeatureThatIsNoNumberStopsTheTrainingWithTheClipsName() throws IOException {
    Warehouse broken = new Warehouse(folder.resolve("broken").toString());
    FileUtils.copyDirectory(
        new File(warehouse.folder("utterances")), new File(broken.folder("utterances")));
    String clean = "features/feature_set=prosody/augmentation=clean";
    Dataset<Row> rows = spark.read().parquet(warehouse.folder(clean));
    rows.withColumn(
            "jitter_local_mean",
            expr("float(if(clip_id like 'savee-%', double('NaN'), jitter_local_mean))"))
        .write()
        .partitionBy("commit")
        .parquet(broken.folder(clean));
    String commit = rows.first().getAs("commit");
    FileUtils.copyFile(
        new File(warehouse.folder(clean + "/commit=" + commit + "/_commit.json")),
        new File(broken.folder(clean + "/commit=" + commit + "/_commit.json")));
    TrainSpec spec = training("broken", "prosody", "mllib-logistic", 0, BASELINE).in(broken.root());
    assertThatThrownBy(() -> TrainJob.run(spark, spec, Progress.SILENT))
        .hasStackTraceContaining("BadInputException: clip savee-")
        .hasStackTraceContaining("is not finite");
  }

  @Test
  void changedOrAddedFilesAreNoticed() throws IOException {
    TrainJob.run(spark, training("held", "prosody", "mllib-forest", 0, BASELINE), Progress.SILENT);
    EvaluateSpec evaluate = new EvaluateSpec(warehouse.root(), store, "held");
    Path data = folder.resolve("store/held/1/classifier/data");
    Path stranger = data.resolve("part-stranger.parquet");
    Files.write(stranger, new byte[] {1});
    assertThatThrownBy(() -> EvaluateJob.run(spark, evaluate, Progress.SILENT))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("part-stranger.parquet")
        .hasMessageContaining("was not published");
    Files.delete(stranger);
    Path settings = folder.resolve("store/held/1/classifier/metadata/part-00000");
    Files.delete(settings.resolveSibling(".part-00000.crc"));
    Files.writeString(
        settings, Files.readString(settings).replace("\"numTrees\":20", "\"numTrees\":2"));
    assertThatThrownBy(() -> EvaluateJob.run(spark, evaluate, Progress.SILENT))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("metadata/part-00000")
        .hasMessageContaining("checksum");
  }
}
