package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Clean;
import affetto.augment.FolderNoise;
import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import affetto.feature.FeatureSets;
import affetto.table.FeatureRow;
import affetto.table.FeatureTable;
import affetto.table.SoundRow;
import affetto.table.UtteranceIndex;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepJobIT {

  private static final FeatureSet RECIPE = FeatureSets.named("recipe-162");
  private static final Augmentation CLEAN = new Clean();
  private static final Augmentation NOISE = new AddNoise(0.035);
  private static final long SEED = 7;
  private static final int CLIPS = 6;

  private static SparkSession spark;

  @TempDir Path folder;
  private TestCorpus cremad;
  private Warehouse warehouse;

  @BeforeAll
  static void open() {
    spark = Sessions.open("sweep", TestCorpus.LOCAL);
  }

  @BeforeEach
  void ingestSixClipsAndAShortOne() throws IOException {
    warehouse = new Warehouse(folder.resolve("warehouse").toString());
    cremad = new TestCorpus(folder.resolve("cremad"));
    for (int i = 0; i < CLIPS; i++) {
      cremad.tone("AudioWAV/100%d_DFA_ANG_XX.wav".formatted(i + 1), 200 + 50 * i, 0.9);
    }
    cremad.tone("AudioWAV/1009_DFA_SAD_XX.wav", 200, 0.5); // the recipe skips 0.6 s
    ingest();
  }

  private void ingest() {
    IngestJob.run(
        spark,
        new IngestSpec(
            List.of(new CorpusSource("cremad", cremad.folder().toString())),
            warehouse.root(),
            1 << 20),
        Progress.SILENT);
  }

  private SweepResult sweep(long seed, Augmentation... augmentations) {
    return SweepJob.run(
        spark,
        new SweepSpec(warehouse.root(), RECIPE.id(), List.of(augmentations), seed),
        Progress.SILENT);
  }

  private Map<String, FeatureRow> rows(FeatureSet featureSet) {
    return FeatureTable.rows(spark, warehouse, featureSet).collect().stream()
        .collect(
            Collectors.toMap(
                FeatureRow::clip,
                row -> row,
                (a, b) -> {
                  throw new AssertionError("twice: " + a.clip());
                }));
  }

  private static SweepResult.Count count(Augmentation augmentation, long fresh, long kept) {
    return new SweepResult.Count(augmentation.id(), fresh, kept, 1);
  }

  @Test
  void computesOnlyWhatIsMissing() throws IOException {
    assertThat(sweep(SEED, CLEAN).counts()).containsExactly(count(CLEAN, CLIPS, 0));
    assertThat(sweep(SEED, CLEAN).counts()).containsExactly(count(CLEAN, 0, CLIPS));
    assertThat(sweep(SEED, CLEAN, NOISE).counts())
        .containsExactly(count(CLEAN, 0, CLIPS), count(NOISE, CLIPS, 0));
    Map<String, FeatureRow> before = rows(RECIPE);
    assertThat(before).hasSize(2 * CLIPS);

    cremad.tone("AudioWAV/1003_DFA_ANG_XX.wav", 1234, 0.9);
    ingest();
    // Before the sweep the changed clip has no row that is true of it.
    assertThat(rows(RECIPE)).hasSize(2 * CLIPS - 2).doesNotContainKey("cremad-1003_DFA_ANG_XX");
    assertThat(sweep(SEED, CLEAN, NOISE).counts())
        .containsExactly(count(CLEAN, 1, CLIPS - 1), count(NOISE, 1, CLIPS - 1));
    Map<String, FeatureRow> after = rows(RECIPE);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach(
        (clip, row) ->
            assertThat(Arrays.equals(row.features().values(), before.get(clip).features().values()))
                .as(clip)
                .isEqualTo(!clip.startsWith("cremad-1003")));
    assertThat(rowsOnDisk()).isEqualTo(2 * CLIPS + 2);
    assertThat(vacuum(24).sets().get(0).rows()).isEqualTo(2);
    assertThat(rowsOnDisk()).as("readers may have begun").isEqualTo(4 * CLIPS + 2);
    assertThat(vacuum(0).sets().get(0).young()).isZero();
    // Readers without our code see each clip once, too.
    assertThat(rowsOnDisk()).isEqualTo(2 * CLIPS);
    assertSameRows(rows(RECIPE), after);
    assertThat(sweep(SEED, CLEAN, NOISE).counts())
        .containsExactly(count(CLEAN, 0, CLIPS), count(NOISE, 0, CLIPS));
  }

  @Test
  void aChangedSeedLeavesTheOldRowsUntilVacuum() {
    sweep(SEED, CLEAN, NOISE);
    Map<String, FeatureRow> before = rows(RECIPE);
    SweepResult other = sweep(SEED + 1, NOISE);
    assertThat(other.counts()).containsExactly(count(NOISE, CLIPS, 0));
    assertThat(other.superseded().folders()).isEqualTo(1);
    Map<String, FeatureRow> after = rows(RECIPE);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach(
        (clip, row) ->
            assertThat(Arrays.equals(row.features().values(), before.get(clip).features().values()))
                .as(clip)
                .isEqualTo(!clip.contains("noise")));
    // Nothing is computed to go back.
    assertThat(sweep(SEED, CLEAN, NOISE).fresh()).isZero();
    assertSameRows(rows(RECIPE), before);
    vacuum(0);
    assertSameRows(rows(RECIPE), before);
    assertThat(rowsOnDisk()).isEqualTo(2 * CLIPS);
    assertThat(sweep(SEED + 1, NOISE).fresh()).isEqualTo(CLIPS);
  }

  @Test
  void compactGathersTheFilesOfSeveralSweeps() throws IOException {
    sweep(SEED, CLEAN, NOISE);
    Map<String, FeatureRow> before = rows(RECIPE);
    cremad.tone("AudioWAV/1020_DFA_ANG_XX.wav", 999, 0.9);
    ingest();
    SweepResult more = sweep(SEED, CLEAN, NOISE);
    assertThat(more.counts()).containsExactly(count(CLEAN, 1, CLIPS), count(NOISE, 1, CLIPS));
    assertThat(more.files().files()).isEqualTo(4);
    Map<String, FeatureRow> after = rows(RECIPE);

    // Who has begun to read reads on while files are replaced.
    Dataset<Row> reader = FeatureTable.current(spark, warehouse, RECIPE);
    CompactResult.Compacted compacted = compact().sets().get(0);
    assertThat(compacted.before().files()).isEqualTo(4);
    assertThat(compacted.after().files()).isEqualTo(2);
    assertThat(compact().sets().get(0).augmentations()).isZero();
    assertThat(reader.count()).isEqualTo(2 * CLIPS + 2);
    assertSameRows(rows(RECIPE), after);
    assertThat(sweep(SEED, CLEAN, NOISE).fresh()).isZero();
    vacuum(0);
    assertThat(rowsOnDisk()).isEqualTo(2 * CLIPS + 2);
    assertSameRows(rows(RECIPE), after);
    assertThat(after.keySet()).containsAll(before.keySet());
  }

  @Test
  void whatKilledRunsLeaveIsNotSeenAndNotComputedAgain() throws IOException {
    sweep(SEED, CLEAN, NOISE);
    Map<String, FeatureRow> before = rows(RECIPE);
    // Before the commit of an augmentation its files are all there.
    for (Path commit : commits()) {
      if (commit.toString().contains("noise")) {
        Files.delete(commit);
      }
    }
    assertThat(rows(RECIPE)).hasSize(CLIPS);
    assertThat(sweep(SEED, CLEAN, NOISE).counts())
        .containsExactly(count(CLEAN, 0, CLIPS), count(NOISE, 0, CLIPS));
    assertSameRows(rows(RECIPE), before);
    assertThat(rowsOnDisk()).isEqualTo(2 * CLIPS);
  }

  private List<Path> commits() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(warehouse.folder("features")))) {
      return all.filter(path -> path.endsWith("_commit.json")).toList();
    }
  }

  private VacuumResult vacuum(double olderThanHours) {
    return VacuumJob.run(
        spark,
        new VacuumSpec(warehouse.root(), "", olderThanHours, SweepSizes.DEFAULT),
        Progress.SILENT);
  }

  private CompactResult compact() {
    return CompactJob.run(
        spark, new CompactSpec(warehouse.root(), RECIPE.id(), SweepSizes.DEFAULT), Progress.SILENT);
  }

  /** All that lie in the table's folder, whether they count or not. */
  private long rowsOnDisk() {
    return spark.read().parquet(warehouse.folder("features/feature_set=recipe-162")).count();
  }

  private static void assertSameRows(
      Map<String, FeatureRow> rows, Map<String, FeatureRow> expected) {
    assertThat(rows.keySet()).isEqualTo(expected.keySet());
    rows.forEach(
        (clip, row) ->
            assertThat(row.features().values())
                .as(clip)
                .containsExactly(expected.get(clip).features().values()));
  }

  @Test
  void secondCopiesOfARowAreRemoved() {
    sweep(SEED, CLEAN, NOISE);
    Map<String, FeatureRow> before = rows(RECIPE);
    String folder = spark.read().parquet(features(CLEAN)).inputFiles()[0].replaceAll("/[^/]*$", "");
    spark.read().parquet(folder).limit(2).write().mode("append").parquet(folder);
    assertThat(spark.read().parquet(features(CLEAN)).count()).isEqualTo(CLIPS + 2);
    assertThat(rows(RECIPE).keySet()).isEqualTo(before.keySet());
    SweepResult again = sweep(SEED, CLEAN, NOISE);
    assertThat(again.fresh()).isZero();
    assertThat(again.superseded().rows()).isEqualTo(2);
    vacuum(0);
    assertThat(spark.read().parquet(features(CLEAN)).count()).isEqualTo(CLIPS);
    assertThat(rows(RECIPE).keySet()).isEqualTo(before.keySet());
  }

  @Test
  void aRunThatWroteOnlySomeOfItsFilesIsFinishedByTheNext() throws IOException {
    sweep(SEED, CLEAN, NOISE);
    Map<String, FeatureRow> before = rows(RECIPE);
    FileUtils.deleteDirectory(new File(features(NOISE)));
    FileUtils.deleteDirectory(new File(warehouse.folder("features_rejected")));
    assertThat(sweep(SEED, CLEAN, NOISE).counts())
        .containsExactly(count(CLEAN, 0, CLIPS), count(NOISE, CLIPS, 0));
    assertThat(rows(RECIPE).keySet()).isEqualTo(before.keySet());
  }

  @Test
  void anAugmentationIsOneFileSortedByClipInTheTablesColumns() {
    sweep(SEED, CLEAN, NOISE);
    for (Augmentation augmentation : List.of(CLEAN, NOISE)) {
      Dataset<Row> file = spark.read().parquet(features(augmentation));
      assertThat(file.inputFiles()).hasSize(1);
      assertThat(file.drop("commit").schema().fieldNames())
          .isEqualTo(FeatureTable.of(RECIPE).fileSchema().fieldNames());
      assertThat(file.schema().apply("rms_mean").getComment().get()).isEqualTo("feature rms_mean");
      assertThat(file.select("clip_id").as(Encoders.STRING()).collectAsList()).isSorted();
    }
  }

  private String features(Augmentation augmentation) {
    return warehouse.folder("features/feature_set=recipe-162/augmentation=" + augmentation.id());
  }

  @Test
  void rowsAreTheSameForAnyNumberOfPartitions() {
    sweep(SEED, CLEAN, NOISE);
    Map<String, String> bits = new TreeMap<>();
    rows(RECIPE).forEach((clip, row) -> bits.put(clip, Arrays.toString(row.features().values())));
    assertThat(bits).hasSize(2 * CLIPS);
    for (int partitions : new int[] {1, 3, 7}) {
      assertThat(inPartitions(partitions)).as("%d partitions", partitions).isEqualTo(bits);
    }
  }

  private Map<String, String> inPartitions(int partitions) {
    CollectionAccumulator<Row> rejected = new CollectionAccumulator<>();
    LongAccumulator done = new LongAccumulator();
    spark.sparkContext().register(rejected);
    spark.sparkContext().register(done);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    WantedClips wanted =
        new WantedClips(
            UtteranceIndex.of(spark, warehouse), List.of(CLEAN, NOISE), SEED, RECIPE.version());
    int clip = 0;
    int values = FeatureTable.DESCRIPTION.size() + 2;
    Map<String, String> bits = new TreeMap<>();
    sounds()
        .repartition(partitions)
        .mapPartitions(
            new ExtractFeatures(
                context.broadcast(new FeatureEngines(RECIPE)),
                context.broadcast(wanted),
                context.broadcast(wanted.all()),
                rejected,
                done))
        .map(InternalRow::copy)
        .collect()
        .forEach(
            row ->
                bits.put(
                    row.getUTF8String(clip).toString(),
                    Arrays.toString(row.getArray(values).toFloatArray())));
    assertThat(done.value()).isEqualTo(2L * CLIPS + 2);
    assertThat(rejected.value()).hasSize(2);
    return bits;
  }

  @Test
  void tasksTakeUpTheEnginesThatOthersLaidDown() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    var engines = context.broadcast(new FeatureEngines(RECIPE));
    int atATime = spark.sparkContext().defaultParallelism();
    List<Integer> made =
        context
            .parallelize(Collections.nCopies(20, 0), 20)
            .map(task -> System.identityHashCode(engines.value().lend(TaskContext.get())))
            .collect();
    assertThat(Set.copyOf(made)).hasSizeLessThanOrEqualTo(atATime);
  }

  @Test
  void noiseComesFromAFolder() throws IOException {
    new TestCorpus(folder.resolve("cafe")).tone("hum.wav", 1000, 0.4);
    Augmentation asked = new FolderNoise(folder.resolve("cafe").toString(), 10);
    String id = sweep(SEED, asked).counts().get(0).augmentation();
    assertThat(id).matches("recorded-cafe-[0-9a-f]{8}-snr\\+10");
    assertThat(rows(RECIPE)).hasSize(CLIPS).containsKey("cremad-1001_DFA_ANG_XX~" + id);
    assertThat(sweep(SEED, asked).kept()).isEqualTo(CLIPS);

    new TestCorpus(folder.resolve("cafe")).tone("hum.wav", 1001, 0.4);
    SweepResult.Count other = sweep(SEED, asked).counts().get(0);
    assertThat(other.augmentation()).isNotEqualTo(id);
    assertThat(other.fresh()).isEqualTo(CLIPS);
  }

  private JavaRDD<SoundRow> sounds() {
    return UtteranceTable.sounds(
        spark, warehouse, UtteranceIndex.of(spark, warehouse).fileNames(), 1 << 20);
  }

  @Test
  void aMatrixSetComesBackAsItWasExtracted() {
    FeatureSet logMel = FeatureSets.named("logmel-64");
    SweepJob.run(
        spark, new SweepSpec(warehouse.root(), logMel.id(), List.of(CLEAN), SEED), Progress.SILENT);
    Map<String, FeatureRow> rows = rows(logMel);
    assertThat(rows).containsKey("cremad-1001_DFA_ANG_XX");
    SoundRow utterance =
        sounds().filter(sound -> sound.id().equals("cremad-1001_DFA_ANG_XX")).first();
    var extractor = logMel.extractor();
    var expected = extractor.extract(extractor.load(ExtractFeatures.audio(utterance).toWaveform()));
    FeatureRow row = rows.get("cremad-1001_DFA_ANG_XX");
    assertThat(row.features().frames()).isEqualTo(expected.frames());
    assertThat(row.features().bands()).isEqualTo(64);
    assertThat(row.features().values()).containsExactly(expected.values());
    assertThat(row.key().speaker()).isEqualTo("cremad-1001");
  }

  @Test
  void whatTheUserGetsWrongIsSaidInOneLine() {
    assertThatThrownBy(() -> sweep(SEED))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("augmentation");
    assertThatThrownBy(() -> sweep(SEED, CLEAN, CLEAN))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("clean");
    Warehouse empty = new Warehouse(folder.resolve("empty").toString());
    assertThatThrownBy(
            () ->
                SweepJob.run(
                    spark,
                    new SweepSpec(empty.root(), RECIPE.id(), List.of(CLEAN), SEED),
                    Progress.SILENT))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("run ingest first");
    assertThatThrownBy(() -> FeatureTable.rows(spark, warehouse, RECIPE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("run sweep");
  }
}
