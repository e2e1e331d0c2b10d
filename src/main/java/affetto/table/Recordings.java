package affetto.table;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds recordings that several utterances share, and flags these. */
public final class Recordings {

  /** What finding needs of an utterance. */
  public static final StructType KEY =
      new StructType(
          Stream.of(
                  UtteranceTable.UTTERANCE_ID,
                  UtteranceTable.AUDIO_FINGERPRINT,
                  UtteranceTable.EMOTION)
              .map(Column::field)
              .toArray(StructField[]::new));

  private static final String ID = UtteranceTable.UTTERANCE_ID.name();
  private static final String FINGERPRINT = UtteranceTable.AUDIO_FINGERPRINT.name();
  private static final String EMOTION = UtteranceTable.EMOTION.name();
  private static final String MEMBERS = "members";

  private Recordings() {}

  /**
   * Groups of utterances with the same audio.
   *
   * @param keys rows of {@link #KEY}
   * @return {@code members}: array of (utterance_id, emotion), at least two, by id
   */
  public static Dataset<Row> shared(Dataset<Row> keys) {
    return keys.groupBy(FINGERPRINT)
        .agg(sort_array(collect_list(struct(col(ID), col(EMOTION)))).as(MEMBERS))
        .where(size(col(MEMBERS)).gt(1))
        .select(MEMBERS);
  }

  /**
   * The two flags of every utterance whose recording is shared.
   *
   * @param shared what {@link #shared} returned
   * @return utterance_id, duplicate_of, label_conflict
   */
  public static Dataset<Row> flags(Dataset<Row> shared) {
    org.apache.spark.sql.Column first = col(MEMBERS).getItem(0).getField(ID);
    org.apache.spark.sql.Column conflict =
        size(org.apache.spark.sql.functions.array_distinct(col(MEMBERS).getField(EMOTION))).gt(1);
    return shared
        .select(explode(col(MEMBERS)).as("member"), first.as("first"), conflict.as("conflict"))
        .select(
            col("member." + ID).as(ID),
            when(col("member." + ID).notEqual(col("first")), col("first"))
                .as(UtteranceTable.DUPLICATE_OF.name()),
            col("conflict").as(UtteranceTable.LABEL_CONFLICT.name()));
  }

  /**
   * Utterances with their flags set anew.
   *
   * @param utterances rows of the utterance table, with or without flags
   * @param flags what {@link #flags} returned; small
   * @return the files' columns of {@link UtteranceTable#TABLE}
   */
  public static Dataset<Row> flagged(Dataset<Row> utterances, Dataset<Row> flags) {
    String conflict = UtteranceTable.LABEL_CONFLICT.name();
    return utterances
        .drop(UtteranceTable.DUPLICATE_OF.name(), conflict)
        .join(broadcast(flags), new String[] {ID}, "left")
        .withColumn(conflict, coalesce(col(conflict), lit(false)))
        .select(
            UtteranceTable.TABLE.columns().stream()
                .map(column -> col(column.name()))
                .toArray(org.apache.spark.sql.Column[]::new));
  }
}
