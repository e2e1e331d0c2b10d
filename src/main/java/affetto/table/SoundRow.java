package affetto.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * One row of {@link UtteranceTable} as sweep takes it.
 *
 * @param description the values of {@link FeatureTable#UTTERANCE}, which every feature row repeats,
 *     as Spark has them inside
 * @param duration length of the recording, in seconds
 * @param encoding of the audio
 * @param audio mono sound without loss, no header
 * @param sampleRate of the audio, in Hz
 */
@SuppressWarnings("ArrayRecordComponent") // carried from a column, not compared
public record SoundRow(
    List<Object> description, double duration, String encoding, byte[] audio, int sampleRate)
    implements Serializable {

  private static final List<Column> SOUND =
      List.of(
          UtteranceTable.DURATION,
          UtteranceTable.AUDIO_ENCODING,
          UtteranceTable.AUDIO,
          UtteranceTable.SAMPLE_RATE);

  /** The utterance's id. */
  public String id() {
    return text(UtteranceTable.UTTERANCE_ID);
  }

  /** A text of the description. */
  public String text(Column column) {
    return description.get(FeatureTable.UTTERANCE.indexOf(column)).toString();
  }

  static JavaRDD<SoundRow> of(Dataset<Row> utterances) {
    // Spark's own rows give up their bytes without the detour over an encoder.
    return utterances
        .select(
            FeatureTable.columns(Stream.concat(SOUND.stream(), FeatureTable.UTTERANCE.stream())))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .map(SoundRow::of);
  }

  private static SoundRow of(InternalRow row) {
    List<Object> description = new ArrayList<>();
    for (Column column : FeatureTable.UTTERANCE) {
      // The next row will lie where this one lies.
      description.add(
          InternalRow.copyValue(row.get(SOUND.size() + description.size(), column.type())));
    }
    return new SoundRow(
        description,
        row.getDouble(0),
        row.getUTF8String(1).toString(),
        row.getBinary(2),
        row.getInt(3));
  }
}
