package affetto.table;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What a row of features, or of their rejection, was made of: equal keys, equal rows.
 *
 * @param utterance its id
 * @param fingerprint of the utterance's sound
 * @param augmentation its id
 * @param seed of the augmentation
 * @param version of the feature set
 */
public record ClipKey(
    String utterance, String fingerprint, String augmentation, long seed, String version) {

  /** The columns that hold a key, in the order of its parts. */
  public static final List<Column> COLUMNS =
      List.of(
          UtteranceTable.UTTERANCE_ID,
          UtteranceTable.AUDIO_FINGERPRINT,
          FeatureTable.AUGMENTATION,
          FeatureTable.SEED,
          FeatureTable.FEATURE_SET_VERSION);

  /**
   * The keys of rows; Parquet then reads no other column.
   *
   * @param rows of {@link FeatureTable} or {@link FeatureRejectedTable}
   */
  public static JavaRDD<ClipKey> of(Dataset<Row> rows) {
    return rows.select(FeatureTable.columns(COLUMNS.stream()))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .map(ClipKey::of);
  }

  private static ClipKey of(InternalRow row) {
    return new ClipKey(
        row.getUTF8String(0).toString(),
        row.getUTF8String(1).toString(),
        row.getUTF8String(2).toString(),
        row.getLong(3),
        row.getUTF8String(4).toString());
  }
}
