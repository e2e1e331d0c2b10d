package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Clean;
import affetto.feature.FeatureSet;
import affetto.feature.FeatureSets;
import affetto.table.FeatureRow;
import affetto.table.FeatureTable;
import affetto.table.SoundRow;
import affetto.table.UtteranceIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task of a sweep makes of the clips it is given. */
class ExtractFeaturesIT {

  private static final FeatureSet RECIPE = FeatureSets.named("recipe-162");
  private static final Augmentation CLEAN = new Clean();
  private static final Augmentation NOISE = new AddNoise(0.035);

  private static SparkSession spark;
  private static Tones tones;

  @BeforeAll
  static void ingest(@TempDir Path folder) throws IOException {
    spark = Sessions.open("extract", TestCorpus.LOCAL);
    tones = Tones.in(folder, spark);
  }

  @Test
  void rowsAreTheSameForAnyNumberOfPartitions() {
    tones.sweep(RECIPE, Tones.SEED, CLEAN, NOISE);
    Map<String, String> bits = new TreeMap<>();
    tones
        .rows(RECIPE)
        .forEach((clip, row) -> bits.put(clip, Arrays.toString(row.features().values())));
    assertThat(bits).hasSize(2 * Tones.CLIPS);
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
            UtteranceIndex.of(spark, tones.warehouse()),
            List.of(CLEAN, NOISE),
            Tones.SEED,
            RECIPE.version());
    int clip = 0;
    int values = FeatureTable.DESCRIPTION.size() + 2;
    Map<String, String> bits = new TreeMap<>();
    tones
        .sounds()
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
    assertThat(done.value()).isEqualTo(2L * Tones.CLIPS + 2);
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
  void aMatrixSetComesBackAsItWasExtracted() {
    FeatureSet logMel = FeatureSets.named("logmel-64");
    tones.sweep(logMel, Tones.SEED, CLEAN);
    Map<String, FeatureRow> rows = tones.rows(logMel);
    assertThat(rows).containsKey("cremad-1001_DFA_ANG_XX");
    SoundRow utterance =
        tones.sounds().filter(sound -> sound.id().equals("cremad-1001_DFA_ANG_XX")).first();
    var extractor = logMel.extractor();
    var expected = extractor.extract(extractor.load(ExtractFeatures.audio(utterance).toWaveform()));
    FeatureRow row = rows.get("cremad-1001_DFA_ANG_XX");
    assertThat(row.features().frames()).isEqualTo(expected.frames());
    assertThat(row.features().bands()).isEqualTo(64);
    assertThat(row.features().values()).containsExactly(expected.values());
    assertThat(row.key().speaker()).isEqualTo("cremad-1001");
  }
}
