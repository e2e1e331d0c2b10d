package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.augment.AddNoise;
import affetto.augment.Clean;
import affetto.baseline.BaselineSpec;
import affetto.corpus.EmotionScheme;
import affetto.feature.FeatureSets;
import affetto.store.Checkpoint;
import affetto.store.CheckpointStore;
import affetto.store.ModelStore;
import affetto.store.StoredCheckpoint;
import affetto.table.FeatureTable;
import affetto.table.Warehouse;
import affetto.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corpora, warehouse and store on a real HDFS, with name node and data node in this process. */
class HdfsIT {

  @TempDir Path folder;
  private MiniDFSCluster hdfs;

  @BeforeEach
  void start() throws IOException {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("dfs").toString());
    conf.setInt("dfs.replication", 1);
    hdfs = new MiniDFSCluster.Builder(conf).numDataNodes(1).nameNodePort(0).build();
    hdfs.waitActive();
  }

  @AfterEach
  void stop() {
    hdfs.shutdown(true);
  }

  @Test
  void ingestsAndSweepsOnHdfs() throws IOException {
    new TestCorpus(folder.resolve("cremad"))
        .tone("AudioWAV/1001_DFA_ANG_XX.wav", 300, 0.9)
        .tone("AudioWAV/1002_DFA_ANG_XX.wav", 400, 0.9)
        .tone("AudioWAV/1003_DFA_ANG_XX.wav", 500, 0.4)
        .bytes("AudioWAV/1004_DFA_ANG_XX.wav", new byte[100]);
    String root = hdfs.getURI().toString();
    FileSystem files = hdfs.getFileSystem();
    files.copyFromLocalFile(
        new org.apache.hadoop.fs.Path(folder.resolve("cremad").toUri()),
        new org.apache.hadoop.fs.Path("/corpora/cremad"));
    SparkSession spark = Sessions.open("hdfs", TestCorpus.LOCAL);
    Warehouse warehouse = new Warehouse(root + "/affetto/warehouse");
    IngestSpec ingest =
        new IngestSpec(
            List.of(new CorpusSource("cremad", root + "/corpora/cremad")),
            warehouse.root(),
            1 << 20);
    SweepSpec sweep =
        new SweepSpec(warehouse.root(), "recipe-162", List.of(new Clean(), new AddNoise(0.035)), 1);

    IngestResult ingested = IngestJob.run(spark, ingest, Progress.SILENT);
    assertThat(ingested.clips()).isEqualTo(3);
    assertThat(ingested.rejected()).isEqualTo(1);
    assertThat(SweepJob.run(spark, sweep, Progress.SILENT).fresh()).isEqualTo(4);
    // Again, over what lies there: the partition is replaced, and no feature is computed twice.
    IngestJob.run(spark, ingest, Progress.SILENT);
    SweepResult again = SweepJob.run(spark, sweep, Progress.SILENT);
    assertThat(again.fresh()).isZero();
    assertThat(again.kept()).isEqualTo(4);
    assertThat(again.rejected()).isEqualTo(2);
    assertThat(FeatureTable.rows(spark, warehouse, FeatureSets.named("recipe-162")).count())
        .isEqualTo(4);
  }

  /** Renames and replacements are what file systems differ in. */
  @Test
  void keepsCheckpointsOnHdfs() throws IOException {
    CheckpointStore store =
        new ModelStore(hdfs.getURI() + "/store", new Configuration()).checkpoints("m");
    for (int epochs : List.of(1, 2, 3, 3)) {
      store.save("run", checkpoint(epochs));
    }
    StoredCheckpoint newest = store.newest("run", Assertions::fail).orElseThrow();
    assertThat(newest.checkpoint().epoch()).isEqualTo(3);
    assertThat(newest.parameters()).containsExactly(3, 0.5f);
    FileSystem files = hdfs.getFileSystem();
    org.apache.hadoop.fs.Path run = new org.apache.hadoop.fs.Path("/store/m/_checkpoints/run");
    assertThat(files.listStatus(run))
        .extracting(status -> status.getPath().getName())
        .containsExactly("epoch-2", "epoch-3");
    store.setAside("run");
    store.save("run", checkpoint(1));
    store.setAside("run");
    assertThat(files.exists(run)).isFalse();
    store.remove("run");
    assertThat(files.listStatus(run.getParent())).isEmpty();
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
            Collections.nCopies(epochs, new Checkpoint.EpochEntry(1, 0.5, 1e-3, 100)),
            1,
            List.of(),
            "2026-01-01T00:00:00Z",
            Map.of());
    return new StoredCheckpoint(checkpoint, new float[] {epochs, 0.5f}, new float[0], new float[0]);
  }

  /** Executors write and read a baseline's files; the store claims, hashes and checks them. */
  @Test
  void publishesAndReadsABaselineOnHdfs() throws IOException {
    TestCorpus cremad = new TestCorpus(folder.resolve("cremad"));
    for (int speaker = 1; speaker <= 6; speaker++) {
      String name = "AudioWAV/100%d_DFA_%%s_XX.wav".formatted(speaker);
      cremad.tone(name.formatted("ANG"), 300 + 7 * speaker, 0.9);
      cremad.tone(name.formatted("SAD"), 900 + 7 * speaker, 0.9);
    }
    SparkSession spark = Sessions.open("hdfs", TestCorpus.LOCAL);
    String root = hdfs.getURI() + "/affetto";
    IngestJob.run(
        spark,
        new IngestSpec(
            List.of(new CorpusSource("cremad", cremad.folder().toString())),
            root + "/warehouse",
            1 << 20),
        Progress.SILENT);
    SweepJob.run(
        spark,
        new SweepSpec(root + "/warehouse", "recipe-162", List.of(new Clean()), 1),
        Progress.SILENT);
    TrainSpec spec =
        new TrainSpec(
            root + "/warehouse",
            root + "/store",
            "tones",
            "recipe-162",
            "mllib-logistic",
            "speaker",
            3,
            1,
            "",
            EmotionScheme.COMMON_SIX,
            0,
            true,
            true,
            new TrainingSpec(1, 1, 1, 1, 1e-3, 1, 1, 0, false, 1),
            new BaselineSpec(List.of(0.01), 100, 1, 1),
            SafetySpec.DEFAULT);
    TrainJob.run(spark, spec, Progress.SILENT);
    TrainResult trained = TrainJob.run(spark, spec, Progress.SILENT);
    assertThat(trained.model()).isEqualTo("tones:2");
    assertThat(trained.testUar()).isEqualTo(1);
    EvaluateResult evaluated =
        EvaluateJob.run(
            spark,
            new EvaluateSpec(root + "/warehouse", root + "/store", "tones"),
            Progress.SILENT);
    assertThat(evaluated.overall().uar()).isEqualTo(1);
    FileSystem files = hdfs.getFileSystem();
    assertThat(
            files.exists(
                new org.apache.hadoop.fs.Path(
                    "/affetto/store/tones/2/classifier/metadata/part-00000")))
        .isTrue();
  }
}
