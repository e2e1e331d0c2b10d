package affetto.table;

import affetto.evaluation.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What evaluation measured: {@code metrics/model=NAME/version=V/*.parquet}, written by evaluate.
 *
 * <p>A row is about a group of test rows: {@link #CORPUS} is a corpus or {@code all}, {@link
 * #EMOTION} a class or {@code all}. Means ({@link #UAR} and so on) stand in the rows of all
 * classes, {@link #RECALL} and its like in the rows of one. No number is without its protocol.
 */
public final class MetricTable {

  /** In place of a corpus or a class. */
  public static final String ALL = "all";

  public static final Column CORPUS = Column.text("corpus", "whose test rows, or all");
  public static final Column EMOTION = Column.text("emotion", "one class, or all");
  public static final Column ROWS = Column.large("rows", "", "test rows of that corpus and class");
  public static final Column UAR =
      Column.real("uar", "share", "mean recall over the classes with test rows").optional();
  public static final Column ACCURACY =
      Column.real("accuracy", "share", "rows that are right").optional();
  public static final Column MACRO_F1 =
      Column.real("macro_f1", "share", "mean F1 over the classes with test rows").optional();
  public static final Column CHANCE = Column.real("chance", "share", "UAR of guessing").optional();
  public static final Column RECALL =
      Column.real("recall", "share", "of the class's rows, those found").optional();
  public static final Column PRECISION =
      Column.real("precision", "share", "of the rows taken for the class, those right").optional();
  public static final Column F1 =
      Column.real("f1", "share", "harmonic mean of recall and precision").optional();
  public static final Column PROTOCOL_DESCRIPTION =
      Column.text("protocol_description", "what the protocol promises");
  public static final Column LEAK =
      Column.text("leak", "who was found on both sides of training and test");
  public static final Column FOLDS = Column.whole("folds", "", "how many the protocol has");
  public static final Column NETWORK = Column.text("network", "recipe-cnn, mllib-logistic, ...");

  public static final Table TABLE =
      new Table(
          "metrics",
          List.of(
              CORPUS,
              EMOTION,
              ROWS,
              UAR,
              ACCURACY,
              MACRO_F1,
              CHANCE,
              RECALL,
              PRECISION,
              F1,
              PredictionTable.PROTOCOL,
              PROTOCOL_DESCRIPTION,
              LEAK,
              PredictionTable.FOLD,
              FOLDS,
              FeatureTable.FEATURE_SET,
              NETWORK),
          List.of(PredictionTable.MODEL, PredictionTable.VERSION),
          "evaluate");

  private MetricTable() {}

  /** The name of a model version's partition. */
  public static String partition(String model, int version) {
    return PredictionTable.partition(TABLE.name(), model, version);
  }

  /**
   * What stands in every row of a model's.
   *
   * @param leak one sentence
   */
  public record Provenance(
      String protocol,
      String description,
      String leak,
      int fold,
      int folds,
      String featureSet,
      String network) {}

  /** The rows of one corpus, or of {@link #ALL}: the means first, then the classes it has. */
  public static List<Row> rows(String corpus, Metrics metrics, Provenance provenance) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        row(
            provenance,
            corpus,
            ALL,
            metrics.rows(),
            metrics.uar(),
            metrics.accuracy(),
            metrics.macroF1(),
            metrics.chance(),
            null,
            null,
            null));
    for (Metrics.ClassMetrics one : metrics.perClass()) {
      if (one.support() > 0) {
        rows.add(
            row(
                provenance,
                corpus,
                one.emotion().label(),
                one.support(),
                null,
                null,
                null,
                null,
                one.recall(),
                one.precision(),
                one.f1()));
      }
    }
    return rows;
  }

  private static Row row(Provenance provenance, Object... measured) {
    List<Object> values = new ArrayList<>(Arrays.asList(measured));
    values.addAll(
        List.of(
            provenance.protocol(),
            provenance.description(),
            provenance.leak(),
            provenance.fold(),
            provenance.folds(),
            provenance.featureSet(),
            provenance.network()));
    return RowFactory.create(values.toArray());
  }
}
