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
import affetto.table.Warehouse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepJobIT {

  private static final FeatureSet RECIPE = FeatureSets.named("recipe-162");
  private static final Augmentation CLEAN = new Clean();
  private static final Augmentation NOISE = new AddNoise(0.035);
  private static final long SEED = Tones.SEED;
  private static final int CLIPS = Tones.CLIPS;

  private static SparkSession spark;

  @TempDir Path folder;
  private Tones tones;
  private TestCorpus cremad;
  private Warehouse warehouse;

  @BeforeAll
  static void open() {
    spark = Sessions.open("sweep", TestCorpus.LOCAL);
  }

  @BeforeEach
  void ingest() throws IOException {
    tones = Tones.in(folder, spark);
    cremad = tones.cremad();
    warehouse = tones.warehouse();
  }

  private SweepResult sweep(long seed, Augmentation... augmentations) {
    return tones.sweep(RECIPE, seed, augmentations);
  }

  private Map<String, FeatureRow> rows() {
    return tones.rows(RECIPE);
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
    Map<String, FeatureRow> before = rows();
    assertThat(before).hasSize(2 * CLIPS);

    cremad.tone("AudioWAV/1003_DFA_ANG_XX.wav", 1234, 0.9);
    tones.ingest();
    // Before the sweep the changed clip has no row that is true of it.
    assertThat(rows()).hasSize(2 * CLIPS - 2).doesNotContainKey("cremad-1003_DFA_ANG_XX");
    assertThat(sweep(SEED, CLEAN, NOISE).counts())
        .containsExactly(count(CLEAN, 1, CLIPS - 1), count(NOISE, 1, CLIPS - 1));
    Map<String, FeatureRow> after = rows();
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
    assertSameRows(rows(), after);
    assertThat(sweep(SEED, CLEAN, NOISE).counts())
        .containsExactly(count(CLEAN, 0, CLIPS), count(NOISE, 0, CLIPS));
  }

  @Test
  void aChangedSeedLeavesTheOldRowsUntilVacuum() {
    sweep(SEED, CLEAN, NOISE);
    Map<String, FeatureRow> before = rows();
    SweepResult other = sweep(SEED + 1, NOISE);
    assertThat(other.counts()).containsExactly(count(NOISE, CLIPS, 0));
    assertThat(other.superseded().folders()).isEqualTo(1);
    Map<String, FeatureRow> after = rows();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach(
        (clip, row) ->
            assertThat(Arrays.equals(row.features().values(), before.get(clip).features().values()))
                .as(clip)
                .isEqualTo(!clip.contains("noise")));
    // Nothing is computed to go back.
    assertThat(sweep(SEED, CLEAN, NOISE).fresh()).isZero();
    assertSameRows(rows(), before);
    vacuum(0);
    assertSameRows(rows(), before);
    assertThat(rowsOnDisk()).isEqualTo(2 * CLIPS);
    assertThat(sweep(SEED + 1, NOISE).fresh()).isEqualTo(CLIPS);
  }

  @Test
  void compactGathersTheFilesOfSeveralSweeps() throws IOException {
    sweep(SEED, CLEAN, NOISE);
    Map<String, FeatureRow> before = rows();
    cremad.tone("AudioWAV/1020_DFA_ANG_XX.wav", 999, 0.9);
    tones.ingest();
    SweepResult more = sweep(SEED, CLEAN, NOISE);
    assertThat(more.counts()).containsExactly(count(CLEAN, 1, CLIPS), count(NOISE, 1, CLIPS));
    assertThat(more.files().files()).isEqualTo(4);
    Map<String, FeatureRow> after = rows();

    // Who has begun to read reads on while files are replaced.
    Dataset<Row> reader = FeatureTable.current(spark, warehouse, RECIPE);
    CompactResult.Compacted compacted = compact().sets().get(0);
    assertThat(compacted.before().files()).isEqualTo(4);
    assertThat(compacted.after().files()).isEqualTo(2);
    assertThat(compact().sets().get(0).augmentations()).isZero();
    assertThat(reader.count()).isEqualTo(2 * CLIPS + 2);
    assertSameRows(rows(), after);
    assertThat(sweep(SEED, CLEAN, NOISE).fresh()).isZero();
    vacuum(0);
    assertThat(rowsOnDisk()).isEqualTo(2 * CLIPS + 2);
    assertSameRows(rows(), after);
    assertThat(after.keySet()).containsAll(before.keySet());
  }

  @Test
  void whatKilledRunsLeaveIsNotSeenAndNotComputedAgain() throws IOException {
    sweep(SEED, CLEAN, NOISE);
    Map<String, FeatureRow> before = rows();
    // Before the commit of an augmentation its files are all there.
    for (Path commit : commits()) {
      if (commit.toString().contains("noise")) {
        Files.delete(commit);
      }
    }
    assertThat(rows()).hasSize(CLIPS);
    assertThat(sweep(SEED, CLEAN, NOISE).counts())
        .containsExactly(count(CLEAN, 0, CLIPS), count(NOISE, 0, CLIPS));
    assertSameRows(rows(), before);
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
    Map<String, FeatureRow> before = rows();
    String folder = spark.read().parquet(features(CLEAN)).inputFiles()[0].replaceAll("/[^/]*$", "");
    spark.read().parquet(folder).limit(2).write().mode("append").parquet(folder);
    assertThat(spark.read().parquet(features(CLEAN)).count()).isEqualTo(CLIPS + 2);
    assertThat(rows().keySet()).isEqualTo(before.keySet());
    SweepResult again = sweep(SEED, CLEAN, NOISE);
    assertThat(again.fresh()).isZero();
    assertThat(again.superseded().rows()).isEqualTo(2);
    vacuum(0);
    assertThat(spark.read().parquet(features(CLEAN)).count()).isEqualTo(CLIPS);
    assertThat(rows().keySet()).isEqualTo(before.keySet());
  }

  @Test
  void aRunThatWroteOnlySomeOfItsFilesIsFinishedByTheNext() throws IOException {
    sweep(SEED, CLEAN, NOISE);
    Map<String, FeatureRow> before = rows();
    FileUtils.deleteDirectory(new File(features(NOISE)));
    FileUtils.deleteDirectory(new File(warehouse.folder("features_rejected")));
    assertThat(sweep(SEED, CLEAN, NOISE).counts())
        .containsExactly(count(CLEAN, 0, CLIPS), count(NOISE, CLIPS, 0));
    assertThat(rows().keySet()).isEqualTo(before.keySet());
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
  void noiseComesFromAFolder() throws IOException {
    new TestCorpus(folder.resolve("cafe")).tone("hum.wav", 1000, 0.4);
    Augmentation asked = new FolderNoise(folder.resolve("cafe").toString(), 10);
    String id = sweep(SEED, asked).counts().get(0).augmentation();
    assertThat(id).matches("recorded-cafe-[0-9a-f]{8}-snr\\+10");
    assertThat(rows()).hasSize(CLIPS).containsKey("cremad-1001_DFA_ANG_XX~" + id);
    assertThat(sweep(SEED, asked).kept()).isEqualTo(CLIPS);

    new TestCorpus(folder.resolve("cafe")).tone("hum.wav", 1001, 0.4);
    SweepResult.Count other = sweep(SEED, asked).counts().get(0);
    assertThat(other.augmentation()).isNotEqualTo(id);
    assertThat(other.fresh()).isEqualTo(CLIPS);
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
