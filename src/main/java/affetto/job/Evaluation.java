package affetto.job;

import static org.apache.spark.sql.functions.col;

import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.evaluation.ConfusionMatrix;
import affetto.evaluation.Metrics;
import affetto.evaluation.Role;
import affetto.store.ModelManifest;
import affetto.store.StoredModel;
import affetto.table.FeatureTable;
import affetto.table.MetricTable;
import affetto.table.Partition;
import affetto.table.PredictionTable;
import affetto.table.Warehouse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One run of evaluate: predict, write, count, write. */
final class Evaluation {

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final ModelManifest manifest;
  private final Division division;
  private final List<Emotion> classes;

  Evaluation(SparkSession spark, String warehouse, ModelManifest manifest, Division division) {
    this.spark = spark;
    this.warehouse = new Warehouse(warehouse);
    this.manifest = manifest;
    this.division = division;
    this.classes = manifest.classes().stream().map(Emotion::ofLabel).toList();
  }

  /** Writes the predictions of all test rows. */
  void predict(StoredModel model) {
    try (ShippedModel shipped = ShippedModel.of(spark, model)) {
      PredictRows predict =
          new PredictRows(shipped, scheme(), manifest.split().protocol(), manifest.split().fold());
      put(
          spark
              .createDataFrame(
                  division.rows(Role.TEST).mapPartitions(predict),
                  PredictionTable.TABLE.fileSchema())
              .hint("rebalance"),
          PredictionTable.partition(manifest.name(), manifest.version()));
    }
  }

  /** Reads the predictions back, counts them, and writes what they are worth. */
  EvaluateResult measure(long start) {
    ConfusionMatrix all = new ConfusionMatrix(classes);
    Map<String, Metrics> perCorpus = new TreeMap<>();
    confusions()
        .forEach(
            (corpus, matrix) -> {
              all.merge(matrix);
              perCorpus.put(corpus, Metrics.of(matrix));
            });
    Metrics overall = Metrics.of(all);
    write(overall, perCorpus);
    ModelManifest.SplitEntry split = manifest.split();
    return new EvaluateResult(
        manifest.reference(),
        split.protocol(),
        division.protocol().description(),
        split.fold(),
        split.folds(),
        division.leakage().sentence(),
        overall,
        perCorpus,
        all,
        division.changedSince(manifest),
        (System.nanoTime() - start) / 1e9);
  }

  private Map<String, ConfusionMatrix> confusions() {
    Map<String, ConfusionMatrix> confusions = new TreeMap<>();
    Dataset<Row> counts =
        PredictionTable.TABLE
            .read(spark, warehouse)
            .where(col(PredictionTable.MODEL.name()).equalTo(manifest.name()))
            .where(col(PredictionTable.VERSION.name()).equalTo(manifest.version()))
            .groupBy(
                FeatureTable.CORPUS.name(),
                PredictionTable.TRUTH.name(),
                PredictionTable.PREDICTED.name())
            .count();
    for (Row row : counts.collectAsList()) {
      confusions
          .computeIfAbsent(row.getString(0), corpus -> new ConfusionMatrix(classes))
          .add(
              Emotion.ofLabel(row.getString(1)), Emotion.ofLabel(row.getString(2)), row.getLong(3));
    }
    return confusions;
  }

  private void write(Metrics overall, Map<String, Metrics> perCorpus) {
    MetricTable.Provenance provenance =
        new MetricTable.Provenance(
            manifest.split().protocol(),
            division.protocol().description(),
            division.leakage().sentence(),
            manifest.split().fold(),
            manifest.split().folds(),
            manifest.featureSet().id(),
            manifest.network().id());
    List<Row> rows = new ArrayList<>(MetricTable.rows(MetricTable.ALL, overall, provenance));
    perCorpus.forEach(
        (corpus, metrics) -> rows.addAll(MetricTable.rows(corpus, metrics, provenance)));
    put(
        spark.createDataFrame(rows, MetricTable.TABLE.fileSchema()).coalesce(1),
        MetricTable.partition(manifest.name(), manifest.version()));
  }

  private EmotionScheme scheme() {
    return Arrays.stream(EmotionScheme.values())
        .filter(scheme -> scheme.id().equals(manifest.scheme()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no scheme " + manifest.scheme()));
  }

  private void put(Dataset<Row> rows, String partition) {
    new Partition(spark.sparkContext().hadoopConfiguration(), warehouse, partition)
        .replace(rows.write());
  }
}
