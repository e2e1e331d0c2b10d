package affetto.job;

import static org.apache.spark.sql.functions.col;

import affetto.corpus.Emotion;
import affetto.store.ModelManifest;
import affetto.store.StoredModel;
import affetto.table.PosteriorColumns;
import affetto.table.ScoreTable;
import affetto.train.ScopedBroadcast;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** One run of score: hears all files side by side, writes the table, reads back its beginning. */
final class FileScoring {

  private static final int FILES_A_TASK = 256;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final ScoreSpec spec;
  private final Panel panel;
  private final Progress progress;

  FileScoring(SparkSession spark, ScoreSpec spec, Panel panel, Progress progress) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.spec = spec;
    this.panel = panel;
    this.progress = progress;
  }

  /** Scores the files and writes the table in place of an earlier one. */
  void write(List<String> files) {
    LongAccumulator done = new LongAccumulator();
    spark.sparkContext().register(done, "files scored");
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    try (ScopedBroadcast<SerializableConfiguration> conf = ScopedBroadcast.of(context, hadoop);
        Members members = new Members(new ArrayList<>())) {
      for (StoredModel model : panel.models()) {
        members
            .all()
            .add(
                new ScoreFiles.Member(
                    ShippedModel.of(spark, model), ShippedModel.featureSet(model.manifest())));
      }
      ScoreFiles score =
          new ScoreFiles(
              members.all(),
              panel.name(),
              panel.version(),
              spec.maxFileBytes(),
              conf.broadcast(),
              done);
      Dataset<Row> rows =
          spark.createDataFrame(
              context.parallelize(files, tasks(files.size())).mapPartitions(score),
              ScoreTable.schema(panel.classes()));
      Heartbeat.during(
          progress,
          () -> "score: %d of %d files".formatted(done.value(), files.size()),
          () -> {
            rows.write().mode("overwrite").parquet(spec.out());
            return files.size();
          });
    }
  }

  /** Models that executors have, as long as they are needed. */
  private record Members(List<ScoreFiles.Member> all) implements AutoCloseable {

    @Override
    public void close() {
      all.forEach(member -> member.model().close());
    }
  }

  /** Every task builds a model: enough of them to keep the cores busy, and no more. */
  private int tasks(int files) {
    return Math.max(Math.min(files, context.defaultParallelism()), files / FILES_A_TASK);
  }

  /** What the table holds. */
  ScoreResult result(double seconds) {
    Dataset<Row> table =
        spark.read().schema(ScoreTable.schema(panel.classes())).parquet(spec.out());
    long rejected = table.where(col(ScoreTable.STATUS.name()).equalTo(ScoreTable.REJECTED)).count();
    List<ScoreResult.Scored> first =
        table.orderBy(ScoreTable.URI.name()).limit(ScoreResult.FIRST).collectAsList().stream()
            .map(FileScoring::scored)
            .toList();
    return new ScoreResult(
        panel.reference(), measured(), table.count(), rejected, first, spec.out(), seconds);
  }

  private static ScoreResult.Scored scored(Row row) {
    String emotion = row.getAs(ScoreTable.EMOTION.name());
    String reason = row.getAs(ScoreTable.REASON.name());
    double posterior =
        emotion == null
            ? 0
            : row.<Double>getAs(PosteriorColumns.of(Emotion.ofLabel(emotion)).name());
    return new ScoreResult.Scored(
        row.getAs(ScoreTable.URI.name()),
        emotion == null ? "" : emotion,
        posterior,
        reason == null ? "" : reason);
  }

  /** What each model was worth when it was published, never without its protocol. */
  private String measured() {
    return panel.manifests().stream()
        .map(FileScoring::measured)
        .collect(Collectors.joining("; and "));
  }

  private static String measured(ModelManifest manifest) {
    ModelManifest.Score test = manifest.scores().get("test");
    String how = manifest.split().protocol() + " (" + manifest.split().description() + ")";
    return test == null
        ? "by nobody under protocol " + how
        : String.format(
            Locale.ROOT,
            "at UAR %.1f, chance %.1f, under protocol %s",
            100 * test.uar(),
            100 * test.chance(),
            how);
  }
}
