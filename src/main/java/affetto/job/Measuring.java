package affetto.job;

import static org.apache.spark.sql.functions.col;

import affetto.corpus.Emotion;
import affetto.evaluation.ConfusionMatrix;
import affetto.evaluation.Metrics;
import affetto.store.ModelManifest;
import affetto.table.FeatureTable;
import affetto.table.MetricTable;
import affetto.table.Partition;
import affetto.table.PredictionTable;
import affetto.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a panel's predictions back, counts them, and writes what they are worth. */
final class Measuring {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Panel panel;
  private final Division division;
  private final MetricTable.Provenance provenance;

  /**
   * @param division of the panel's first model, whose protocol and fold all of them share
   */
  Measuring(SparkSession spark, Warehouse warehouse, Panel panel, Division division) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.panel = panel;
    this.division = division;
    ModelManifest.SplitEntry split = panel.manifests().get(0).split();
    this.provenance =
        new MetricTable.Provenance(
            split.protocol(),
            division.protocol().description(),
            division.leakage().sentence(),
            split.fold(),
            split.folds(),
            panel.featureSets(),
            panel.networks());
  }

  /**
   * Measures.
   *
   * @param start of the job, as {@link System#nanoTime} tells it
   */
  EvaluateResult measure(long start) {
    ConfusionMatrix all = new ConfusionMatrix(panel.classes());
    Map<String, Metrics> perCorpus = new TreeMap<>();
    confusions()
        .forEach(
            (corpus, matrix) -> {
              all.merge(matrix);
              perCorpus.put(corpus, Metrics.of(matrix));
            });
    Metrics overall = Metrics.of(all);
    write(overall, perCorpus);
    return new EvaluateResult(
        panel.reference(),
        provenance.protocol(),
        provenance.description(),
        provenance.fold(),
        provenance.folds(),
        provenance.leak(),
        overall,
        perCorpus,
        all,
        changed(),
        (System.nanoTime() - start) / 1e9);
  }

  private List<String> changed() {
    return panel.manifests().stream()
        .flatMap(manifest -> division.changedSince(manifest).stream())
        .distinct()
        .sorted()
        .toList();
  }

  private Map<String, ConfusionMatrix> confusions() {
    Map<String, ConfusionMatrix> confusions = new TreeMap<>();
    Dataset<Row> counts =
        PredictionTable.of(spark, warehouse, panel.name(), panel.version())
            .groupBy(
                col(FeatureTable.CORPUS.name()),
                col(PredictionTable.TRUTH.name()),
                col(PredictionTable.PREDICTED.name()))
            .count();
    for (Row row : counts.collectAsList()) {
      confusions
          .computeIfAbsent(row.getString(0), corpus -> new ConfusionMatrix(panel.classes()))
          .add(
              Emotion.ofLabel(row.getString(1)), Emotion.ofLabel(row.getString(2)), row.getLong(3));
    }
    return confusions;
  }

  private void write(Metrics overall, Map<String, Metrics> perCorpus) {
    List<Row> rows = new ArrayList<>(MetricTable.rows(MetricTable.ALL, overall, provenance));
    perCorpus.forEach(
        (corpus, metrics) -> rows.addAll(MetricTable.rows(corpus, metrics, provenance)));
    Dataset<Row> table = spark.createDataFrame(rows, MetricTable.TABLE.fileSchema()).coalesce(1);
    String partition = MetricTable.partition(panel.name(), panel.version());
    new Partition(spark.sparkContext().hadoopConfiguration(), warehouse, partition)
        .replace(table.write());
  }
}
