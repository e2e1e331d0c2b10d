package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import affetto.augment.AddNoise;
import affetto.augment.Clean;
import affetto.baseline.BaselineSpec;
import affetto.corpus.EmotionScheme;
import affetto.evaluation.Metrics;
import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.table.MetricTable;
import affetto.table.PredictionTable;
import affetto.table.Warehouse;
import affetto.train.TrainingSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model trained on a few synthetic clips, measured and put to work. */
class EvaluateAndScoreIT {

  private static final long MAX_BYTES = 1 << 20;

  @TempDir static Path folder;
  private static SparkSession spark;
  private static Warehouse warehouse;
  private static String store;

  @BeforeAll
  static void trainOnSyntheticSpeech() {
    spark = Sessions.open("evaluate", TestCorpus.LOCAL);
    warehouse = new Warehouse(folder.resolve("warehouse").toString());
    store = folder.resolve("store").toString();
    SynthJob.run(new SynthJobSpec(folder.resolve("synth").toString(), 4, 8, 3));
    ingest("ravdess", "savee");
    sweep();
    TrainJob.run(spark, training("speaker", "m"), Progress.SILENT);
  }

  private static void ingest(String... corpora) {
    List<CorpusSource> sources =
        Stream.of(corpora)
            .map(id -> new CorpusSource(id, folder.resolve("synth").resolve(id).toString()))
            .toList();
    IngestJob.run(spark, new IngestSpec(sources, warehouse.root(), MAX_BYTES), Progress.SILENT);
  }

  private static void sweep() {
    SweepJob.run(
        spark,
        new SweepSpec(warehouse.root(), "recipe-162", List.of(new Clean(), new AddNoise(0.035)), 1),
        Progress.SILENT);
  }

  private static TrainSpec training(String protocol, String name) {
    return training(protocol, name, 2, 1);
  }

  private static TrainSpec training(String protocol, String name, int folds, long seed) {
    return new TrainSpec(
        warehouse.root(),
        store,
        name,
        "recipe-162",
        "recipe-cnn",
        protocol,
        folds,
        1,
        "",
        EmotionScheme.COMMON_SIX,
        0,
        true,
        true,
        new TrainingSpec(1, 1, 16, 1, 1e-3, 1, 2, 0, false, seed),
        BaselineSpec.NONE,
        SafetySpec.DEFAULT);
  }

  private static EvaluateResult evaluate(String model) {
    return EvaluateJob.run(
        spark, new EvaluateSpec(warehouse.root(), store, model), Progress.SILENT);
  }

  private static ModelManifest manifest(String model) {
    return new ModelStore(store, new Configuration()).manifest(model);
  }

  @Test
  void measuresWhatTrainingMeasured() {
    ModelManifest manifest = manifest("m:1");
    EvaluateResult result = evaluate("m");
    assertThat(result.overall().uar()).isCloseTo(manifest.scores().get("test").uar(), within(1e-9));
    assertThat(result.overall().rows()).isEqualTo(manifest.rows().get("test")).isPositive();
    assertThat(result.perCorpus().values().stream().mapToLong(Metrics::rows).sum())
        .isEqualTo(result.overall().rows());
    assertThat(result.report().get(0)).contains("protocol speaker, fold 1 of 2");
    assertThat(result.leak()).startsWith("no test speaker");

    Dataset<Row> predictions = PredictionTable.TABLE.read(spark, warehouse);
    assertThat(predictions.where("model = 'm' and version = 1").count())
        .isEqualTo(result.overall().rows());
    assertThat(predictions.where("augmentation <> 'clean'").count()).isZero();
    assertThat(predictions.where("posterior_calm is not null").count()).isZero();
    Row overall =
        MetricTable.TABLE
            .read(spark, warehouse)
            .where("model = 'm' and corpus = 'all' and emotion = 'all'")
            .collectAsList()
            .get(0);
    assertThat(overall.<Double>getAs("uar")).isEqualTo(result.overall().uar());
    assertThat(overall.<String>getAs("protocol")).isEqualTo("speaker");
  }

  @Test
  void evaluatingAgainReplacesTheVersionsRowsAndNoOthers() {
    TrainJob.run(spark, training("recipe", "leaky"), Progress.SILENT);
    long other = evaluate("leaky").overall().rows();
    long once = evaluate("m:1").overall().rows();
    evaluate("m:1");
    Dataset<Row> predictions = PredictionTable.TABLE.read(spark, warehouse);
    assertThat(predictions.where("model = 'm'").count()).isEqualTo(once);
    assertThat(predictions.where("model = 'leaky'").count()).isEqualTo(other);
    assertThat(evaluate("leaky").report()).anyMatch(line -> line.startsWith("LEAKING"));
  }

  @Test
  void severalModelsAreAskedTogether() throws IOException {
    TrainJob.run(spark, training("speaker", "n"), Progress.SILENT);
    EvaluateResult result =
        EvaluateJob.run(
            spark,
            new EvaluateSpec(warehouse.root(), store, List.of("m:1", "n:1")),
            Progress.SILENT);
    assertThat(result.model()).isEqualTo("m:1 + n:1");
    Dataset<Row> predictions = PredictionTable.TABLE.read(spark, warehouse);
    Dataset<Row> together = predictions.where("model = 'm.1+n.1' and version = 0");
    assertThat(together.count()).isEqualTo(result.overall().rows()).isPositive();
    for (String alone : List.of("m", "n")) {
      assertThat(predictions.where("version = 1 and model = '%s'".formatted(alone)).count())
          .isEqualTo(result.overall().rows());
    }
    // All of the six classes are possible in either corpus: the mean is the plain one.
    String means =
        "select clip_id, avg(posterior_sad) mean from parts where version = 1 group by clip_id";
    predictions.where("model in ('m', 'n')").createOrReplaceTempView("parts");
    together.createOrReplaceTempView("together");
    assertThat(
            spark
                .sql(
                    "select max(abs(posterior_sad - mean)) from together join (%s) using (clip_id)"
                        .formatted(means))
                .first()
                .getDouble(0))
        .isLessThan(1e-6);
    assertThat(
            MetricTable.TABLE
                .read(spark, warehouse)
                .where("model = 'm.1+n.1' and corpus = 'all' and emotion = 'all'")
                .select("network", "uar")
                .collectAsList())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getString(0)).isEqualTo("recipe-cnn+recipe-cnn");
              assertThat(row.getDouble(1)).isEqualTo(result.overall().uar());
            });

    Path call = folder.resolve("for both");
    new TestCorpus(call).tone("one.wav", 220, 1.5);
    double sum = 0;
    for (List<String> asked : List.of(List.of("m:1"), List.of("n:1"), List.of("m:1", "n:1"))) {
      String out = folder.resolve("scores by " + asked.size()).toString();
      ScoreJob.run(
          spark, new ScoreSpec(store, asked, call.toString(), out, MAX_BYTES), Progress.SILENT);
      Row row = spark.read().parquet(out).first();
      double sad = row.<Double>getAs("posterior_sad");
      if (asked.size() == 2) {
        assertThat(sad).isCloseTo(sum / 2, within(1e-6));
        assertThat(row.<String>getAs("model")).isEqualTo("m.1+n.1");
      }
      sum += sad;
    }
  }

  @Test
  void modelsThatDoNotFitEachOtherAreNotAskedTogether() {
    TrainJob.run(spark, training("utterance", "by-utterance"), Progress.SILENT);
    assertThatThrownBy(
            () ->
                EvaluateJob.run(
                    spark,
                    new EvaluateSpec(warehouse.root(), store, List.of("m:1", "by-utterance")),
                    Progress.SILENT))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "model m:1 was tested on protocol speaker, fold 1 of 2, but by-utterance:1 on protocol"
                + " utterance, fold 1 of 2: they cannot be measured together");
    assertThatThrownBy(
            () ->
                EvaluateJob.run(
                    spark,
                    new EvaluateSpec(warehouse.root(), store, List.of("m", "m:1")),
                    Progress.SILENT))
        .isInstanceOf(BadInputException.class)
        .hasMessage("models m:1, m:1: one of them is named twice");
  }

  @Test
  void modelsThatHeldOutNoRowInCommonAreNotAskedTogether() {
    for (long seed : new long[] {1, 2}) {
      TrainJob.run(spark, training("utterance", "draw-" + seed, 20, seed), Progress.SILENT);
    }
    assertThatThrownBy(
            () ->
                EvaluateJob.run(
                    spark,
                    new EvaluateSpec(warehouse.root(), store, List.of("draw-1", "draw-2")),
                    Progress.SILENT))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "no row was held out by all of draw-1:1 + draw-2:1: they cannot be measured together");
  }

  @Test
  void speakersWhoCameLaterMoveNobodyIntoTheTest() {
    Set<String> before = tested();
    ingest("cremad");
    sweep();
    assertThat(tested()).isEqualTo(before);
    assertThat(evaluate("m:1").changed()).containsExactly("cremad");
  }

  private static Set<String> tested() {
    evaluate("m:1");
    Set<String> speakers = new TreeSet<>();
    PredictionTable.TABLE
        .read(spark, warehouse)
        .where("model = 'm'")
        .select("speaker")
        .distinct()
        .collectAsList()
        .forEach(row -> speakers.add(row.getString(0)));
    return speakers;
  }

  private ScoreResult score(String input, String out) {
    return ScoreJob.run(spark, new ScoreSpec(store, "m", input, out, MAX_BYTES), Progress.SILENT);
  }

  @Test
  void everyFileBecomesARow() throws IOException {
    Path calls = folder.resolve("calls");
    new TestCorpus(calls)
        .tone("a call.wav", 220, 1.5)
        .tone("deeper/b[1].wav", 330, 1.2)
        .tone("short.wav", 220, 0.3)
        .bytes("notes.txt", "no sound".getBytes(StandardCharsets.UTF_8))
        .bytes("huge.wav", new byte[(int) MAX_BYTES + 1])
        .bytes(".hidden", new byte[1]);
    String out = folder.resolve("scores").toString();
    ScoreResult result = score(calls.toString(), out);
    assertThat(result.files()).isEqualTo(5);
    assertThat(result.rejected()).isEqualTo(3);
    assertThat(result.report()).anyMatch(line -> line.contains("under protocol speaker"));

    Dataset<Row> table = spark.read().parquet(out);
    for (Row row : table.where("status = 'ok'").collectAsList()) {
      double sum = 0;
      for (var emotion : EmotionScheme.COMMON_SIX.classes()) {
        sum += row.<Double>getAs("posterior_" + emotion.label());
      }
      assertThat(sum).isCloseTo(1, within(1e-4));
      assertThat(row.<String>getAs("emotion")).isNotNull();
    }
    assertThat(reason(table, "short.wav")).startsWith("too short: 0.300 s");
    assertThat(reason(table, "notes.txt")).startsWith("audio: ");
    assertThat(reason(table, "huge.wav")).isEqualTo("size: more than 1048576 bytes");

    assertThat(score(calls.resolve("deeper/b[1].wav").toString(), out).files()).isEqualTo(1);
    assertThat(spark.read().parquet(out).count()).isEqualTo(1);
    assertThat(score(calls + "/*.wav", out).files()).isEqualTo(3);
  }

  private static String reason(Dataset<Row> table, String file) {
    return table
        .where("uri like '%/" + file + "'")
        .select("reason")
        .collectAsList()
        .get(0)
        .getString(0);
  }

  @Test
  void mistakesAreNamed() throws IOException {
    assertThatThrownBy(() -> score(folder.resolve("nobody.wav").toString(), "x"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("nobody.wav");
    assertThatThrownBy(() -> evaluate("m:9")).isInstanceOf(BadInputException.class);
    Path taken = Files.createDirectories(folder.resolve("taken"));
    Files.writeString(taken.resolve("thesis.tex"), "dear");
    Path call = folder.resolve("one");
    new TestCorpus(call).tone("one.wav", 220, 1.5);
    assertThatThrownBy(() -> score(call.toString(), taken.toString()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("thesis.tex");
    assertThat(taken.resolve("thesis.tex")).hasContent("dear");
  }

  /** Not what begins with a dot, nor states of a training, nor anybody else's table. */
  @Test
  void nothingButScoresIsWrittenOver() throws IOException {
    String call = folder.resolve("mine/one.wav").toString();
    new TestCorpus(folder.resolve("mine")).tone("one.wav", 220, 1.5);
    for (String folders : List.of("a/.git", "b/_checkpoints", "c/_temporary.old")) {
      Path hidden = Files.createDirectories(folder.resolve(folders));
      assertThatThrownBy(() -> score(call, hidden.getParent().toString()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("such as " + hidden.getFileName());
      assertThat(hidden).exists();
    }
    String table = folder.resolve("a table").toString();
    spark.range(3).write().parquet(table);
    assertThatThrownBy(() -> score(call, table))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("a table of other things");
    assertThat(spark.read().parquet(table).count()).isEqualTo(3);
    Path killed = Files.createDirectories(folder.resolve("killed/_temporary/0")).getParent();
    assertThat(score(call, killed.getParent().toString()).files()).isEqualTo(1);
  }

  @Test
  void aLeakIsRefusedBeforeTraining() throws IOException {
    Path folds = folder.resolve("folds/ravdess/fold_1");
    Files.createDirectories(folds);
    String line = "{\"wav\": \"Actor_01/03-01-05-01-01-01-01.wav\"}\n";
    Files.writeString(folds.resolve("ravdess_train_fold_1.jsonl"), line);
    Files.writeString(folds.resolve("ravdess_test_fold_1.jsonl"), line);
    TrainSpec spec = training("emobox", "e");
    TrainSpec leaking =
        new TrainSpec(
            spec.warehouse(),
            spec.store(),
            spec.name(),
            spec.featureSet(),
            spec.network(),
            spec.protocol(),
            spec.folds(),
            spec.fold(),
            folder.resolve("folds").toString(),
            spec.scheme(),
            spec.validationShare(),
            spec.dropDuplicates(),
            spec.dropSilent(),
            spec.training(),
            spec.baseline(),
            spec.safety());
    assertThatThrownBy(() -> TrainJob.run(spark, leaking, Progress.SILENT))
        .isInstanceOf(RefusedException.class);
    assertThat(RecordedSettings.read(RecordedSettings.of(leaking))).isEqualTo(leaking);
  }
}
