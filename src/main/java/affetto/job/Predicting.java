package affetto.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;

import affetto.corpus.Emotion;
import affetto.evaluation.Role;
import affetto.fault.BadInputException;
import affetto.store.ModelManifest;
import affetto.store.StoredModel;
import affetto.table.FeatureTable;
import affetto.table.Partition;
import affetto.table.PosteriorColumns;
import affetto.table.PredictionTable;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes what a panel says of test rows: a single model is asked, of several answers the mean. */
final class Predicting {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Panel panel;

  Predicting(SparkSession spark, Warehouse warehouse, Panel panel) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.panel = panel;
  }

  /** Asks the only model of all test rows. */
  void ask(Division division) {
    StoredModel model = panel.models().get(0);
    ModelManifest.SplitEntry split = model.manifest().split();
    try (ShippedModel shipped = ShippedModel.of(spark, model)) {
      PredictRows predict =
          new PredictRows(shipped, panel.scheme(), split.protocol(), split.fold());
      put(
          spark.createDataFrame(
              division.rows(Role.TEST).mapPartitions(predict), PredictionTable.TABLE.fileSchema()));
    }
  }

  /**
   * Averages what each of several models has said of the rows that all of them were asked.
   *
   * @throws BadInputException if there are none
   */
  void average() {
    Dataset<Row> rows = answers(panel.manifests().get(0), 0);
    for (int i = 1; i < panel.models().size(); i++) {
      rows =
          rows.join(
              answers(panel.manifests().get(i), i)
                  .select(col(FeatureTable.CLIP_ID.name()), col(answer(i))),
              FeatureTable.CLIP_ID.name());
    }
    if (rows.isEmpty()) {
      throw new BadInputException(
          "no row was held out by all of %s: they cannot be measured together"
              .formatted(panel.reference()));
    }
    ModelManifest.SplitEntry split = panel.manifests().get(0).split();
    AverageRows average =
        new AverageRows(
            panel.scheme(), panel.classes(), panel.models().size(), split.protocol(), split.fold());
    put(spark.createDataFrame(rows.toJavaRDD().map(average), PredictionTable.TABLE.fileSchema()));
  }

  private Dataset<Row> answers(ModelManifest manifest, int place) {
    Stream<Column> keys =
        Stream.of(
                FeatureTable.CLIP_ID,
                FeatureTable.CORPUS,
                UtteranceTable.SPEAKER,
                UtteranceTable.UTTERANCE_ID,
                FeatureTable.AUGMENTATION,
                PredictionTable.TRUTH)
            .map(column -> col(column.name()));
    Column[] posterior =
        panel.classes().stream()
            .map((Emotion emotion) -> col(PosteriorColumns.of(emotion).name()))
            .toArray(Column[]::new);
    return PredictionTable.of(spark, warehouse, manifest.name(), manifest.version())
        .select(
            Stream.concat(keys, Stream.of(array(posterior).as(answer(place))))
                .toArray(Column[]::new));
  }

  private static String answer(int place) {
    return "answer_" + place;
  }

  private void put(Dataset<Row> rows) {
    String partition = PredictionTable.partition(panel.name(), panel.version());
    new Partition(spark.sparkContext().hadoopConfiguration(), warehouse, partition)
        .replace(rows.hint("rebalance").write());
  }
}
