package affetto.job;

import affetto.augment.Augmentation;
import affetto.feature.FeatureSet;
import affetto.table.FeatureRow;
import affetto.table.FeatureTable;
import affetto.table.SoundRow;
import affetto.table.UtteranceIndex;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/** A warehouse of six tones, and of one that is too short for the recipe. */
record Tones(SparkSession spark, TestCorpus cremad, Warehouse warehouse) {

  static final int CLIPS = 6;
  static final long SEED = 7;

  private static final int MAX_BYTES = 1 << 20;

  /** Makes the clips and takes them in. */
  static Tones in(Path folder, SparkSession spark) throws IOException {
    TestCorpus cremad = new TestCorpus(folder.resolve("cremad"));
    for (int i = 0; i < CLIPS; i++) {
      cremad.tone("AudioWAV/100%d_DFA_ANG_XX.wav".formatted(i + 1), 200 + 50 * i, 0.9);
    }
    cremad.tone("AudioWAV/1009_DFA_SAD_XX.wav", 200, 0.5); // the recipe skips 0.6 s
    Tones tones = new Tones(spark, cremad, new Warehouse(folder.resolve("warehouse").toString()));
    tones.ingest();
    return tones;
  }

  void ingest() {
    IngestJob.run(
        spark,
        new IngestSpec(
            List.of(new CorpusSource("cremad", cremad.folder().toString())),
            warehouse.root(),
            MAX_BYTES),
        Progress.SILENT);
  }

  SweepResult sweep(FeatureSet featureSet, long seed, Augmentation... augmentations) {
    return SweepJob.run(
        spark,
        new SweepSpec(warehouse.root(), featureSet.id(), List.of(augmentations), seed),
        Progress.SILENT);
  }

  /** The rows that count, by clip. */
  Map<String, FeatureRow> rows(FeatureSet featureSet) {
    return FeatureTable.rows(spark, warehouse, featureSet).collect().stream()
        .collect(
            Collectors.toMap(
                FeatureRow::clip,
                row -> row,
                (a, b) -> {
                  throw new AssertionError("twice: " + a.clip());
                }));
  }

  /** The clips with their sound. */
  JavaRDD<SoundRow> sounds() {
    return UtteranceTable.sounds(
        spark, warehouse, UtteranceIndex.of(spark, warehouse).fileNames(), MAX_BYTES);
  }
}
