package affetto.table;

import affetto.corpus.Emotion;
import affetto.evaluation.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What a model says of the rows that its protocol held out: {@code
 * predictions/model=NAME/version=V/*.parquet}, written by evaluate. Confusions are a {@code GROUP
 * BY} of {@link #TRUTH} and {@link #PREDICTED}.
 */
public final class PredictionTable {

  public static final Column TRUTH =
      Column.text("truth", "class of the corpus's label under the model's scheme");
  public static final Column PREDICTED =
      Column.text("predicted", "class with the largest posterior");
  public static final Column CORRECT = Column.flag("correct", "whether they are the same");
  public static final Column PROTOCOL =
      Column.text("protocol", "how training and test were divided");
  public static final Column FOLD = Column.whole("fold", "", "of the protocol, from 1");

  /** Partition columns. */
  public static final Column MODEL =
      Column.text("model", "its name; of several together NAME.VERSION of each, joined by +");

  public static final Column VERSION =
      Column.whole("version", "", "of the model, from 1; 0 of several together");

  public static final Table TABLE =
      new Table("predictions", columns(), List.of(MODEL, VERSION), "evaluate");

  private PredictionTable() {}

  /** The rows of a model version. */
  public static Dataset<Row> of(
      SparkSession spark, Warehouse warehouse, String model, int version) {
    return TABLE
        .read(spark, warehouse)
        .where(functions.col(MODEL.name()).equalTo(model))
        .where(functions.col(VERSION.name()).equalTo(version));
  }

  private static List<Column> columns() {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                FeatureTable.CLIP_ID,
                UtteranceTable.UTTERANCE_ID,
                FeatureTable.CORPUS,
                UtteranceTable.SPEAKER,
                FeatureTable.AUGMENTATION,
                TRUTH,
                PREDICTED,
                CORRECT));
    // All eight, so that the models of every scheme fit into one table; null: not one of its.
    for (Emotion emotion : Emotion.values()) {
      columns.add(PosteriorColumns.of(emotion).optional());
    }
    columns.addAll(List.of(PROTOCOL, FOLD));
    return columns;
  }

  /** The name of a model version's partition, here and in {@link MetricTable}. */
  static String partition(String table, String model, int version) {
    return "%s/%s=%s/%s=%d".formatted(table, MODEL.name(), model, VERSION.name(), version);
  }

  /** The name of a model version's partition. */
  public static String partition(String model, int version) {
    return partition(TABLE.name(), model, version);
  }

  /**
   * A row of the files.
   *
   * @param classes in the order of the posterior
   */
  public static Row row(Prediction prediction, List<Emotion> classes, String protocol, int fold) {
    List<Object> values =
        new ArrayList<>(
            List.of(
                prediction.clip(),
                prediction.key().utterance(),
                prediction.key().corpus(),
                prediction.key().speaker(),
                prediction.key().augmentation(),
                prediction.truth().label(),
                prediction.predicted().label(),
                prediction.truth() == prediction.predicted()));
    for (Emotion emotion : Emotion.values()) {
      int index = classes.indexOf(emotion);
      values.add(index < 0 ? null : prediction.posterior()[index]);
    }
    values.addAll(List.of(protocol, fold));
    return RowFactory.create(values.toArray());
  }
}
