package affetto.table;

import affetto.corpus.Emotion;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One row a file: the Parquet files that score writes into the folder the user names. The columns
 * are {@link #URI}, {@link #STATUS}, {@link #REASON}, {@link #EMOTION}, the posterior of each of
 * the model's classes, {@link #DURATION}, {@link #MODEL} and {@link #VERSION}.
 */
public final class ScoreTable {

  /** Status of a file with posteriors. */
  public static final String OK = "ok";

  /** Status of a file with a reason. */
  public static final String REJECTED = "rejected";

  public static final Column URI = Column.text("uri", "the file as it was listed");
  public static final Column STATUS = Column.text("status", "ok or rejected");
  public static final Column REASON =
      Column.text("reason", "why there is no posterior; null if ok").optional();
  public static final Column EMOTION =
      Column.text("emotion", "class with the largest posterior; null if rejected").optional();
  public static final Column DURATION =
      Column.real("duration_s", "s", "length of the recording; null if it was not decoded")
          .optional();
  public static final Column MODEL = PredictionTable.MODEL;
  public static final Column VERSION = PredictionTable.VERSION;

  private ScoreTable() {}

  /** The columns for a model with these classes. */
  public static List<Column> columns(List<Emotion> classes) {
    List<Column> columns = new ArrayList<>(List.of(URI, STATUS, REASON, EMOTION));
    PosteriorColumns.of(classes).forEach(column -> columns.add(column.optional()));
    columns.addAll(List.of(DURATION, MODEL, VERSION));
    return columns;
  }

  /** The files' schema for a model with these classes. */
  public static StructType schema(List<Emotion> classes) {
    return new StructType(columns(classes).stream().map(Column::field).toArray(StructField[]::new));
  }
}
