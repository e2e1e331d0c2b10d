package affetto.table;

import java.util.Collection;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * One row an utterance, with its sound: {@code utterances/corpus=ID/*.parquet}, written by ingest.
 */
public final class UtteranceTable {

  public static final Column UTTERANCE_ID =
      Column.text("utterance_id", "unique across corpora: corpus, dash, file name without ending");
  public static final Column SPEAKER =
      Column.text("speaker", "unique across corpora: corpus, dash, the corpus's own code");
  public static final Column GENDER = Column.text("gender", "female, male or unknown");
  public static final Column EMOTION =
      Column.text("emotion", "the corpus's label: neutral, calm, happy, sad, angry, ...");
  public static final Column CHANNEL = Column.text("channel", "speech or song");
  public static final Column INTENSITY =
      Column.text("intensity", "how strongly acted: unspecified, low, normal or high");
  public static final Column TEXT = Column.text("text", "code of the sentence, or the word itself");
  public static final Column REPETITION =
      Column.whole("repetition", "", "from 1; 1 where the corpus does not repeat");
  public static final Column URI = Column.text("uri", "where the file lay when it was ingested");
  public static final Column FILE_BYTES = Column.large("file_bytes", "B", "size of the file");
  public static final Column FILE_MODIFIED =
      Column.large("file_modified", "ms", "when the file was last written, since 1970");
  public static final Column FILE_FINGERPRINT =
      Column.text("file_fingerprint", "SHA-256 of the file's bytes, hex");
  public static final Column SAMPLE_RATE =
      Column.whole("sample_rate", "Hz", "the file's own rate, and that of the audio column");
  public static final Column CHANNELS =
      Column.whole("channels", "", "of the file, before they were mixed to mono");
  public static final Column SOURCE_ENCODING =
      Column.text("source_encoding", "the file's container and coding");
  public static final Column AUDIO_ENCODING =
      Column.text("audio_encoding", "of the audio column: pcm_s16le or pcm_f32le");
  public static final Column AUDIO =
      new Column("audio", DataTypes.BinaryType, false, "", "mono sound without loss, no header");
  public static final Column AUDIO_FINGERPRINT =
      Column.text("audio_fingerprint", "SHA-256 of rate and samples, hex");
  public static final Column DURATION = Column.real("duration_s", "s", "length of the recording");
  public static final Column PEAK =
      Column.real("peak", "full scale", "largest absolute sample, 0 to 1");
  public static final Column RMS = Column.real("rms", "full scale", "root mean square, 0 to 1");
  public static final Column CLIPPING_SHARE =
      Column.real("clipping_share", "share", "samples that are clipped");
  public static final Column DC_OFFSET = Column.real("dc_offset", "full scale", "mean sample");
  public static final Column SILENCE_SHARE =
      Column.real("silence_share", "share", "time without sound");
  public static final Column SILENT = Column.flag("silent", "every sample is zero");
  public static final Column DUPLICATE_OF =
      Column.text("duplicate_of", "first utterance, by id, with the same audio; null if this is it")
          .optional();
  public static final Column LABEL_CONFLICT =
      Column.flag("label_conflict", "utterances with this audio have different emotions");

  /** The file that a row was read from, as Spark knows it. */
  static final String FILE_URI = "_metadata.file_path";

  /** The partition column. */
  public static final Column CORPUS = Column.text("corpus", "ravdess, cremad, savee or tess");

  public static final Table TABLE =
      new Table(
          "utterances",
          List.of(
              UTTERANCE_ID,
              SPEAKER,
              GENDER,
              EMOTION,
              CHANNEL,
              INTENSITY,
              TEXT,
              REPETITION,
              URI,
              FILE_BYTES,
              FILE_MODIFIED,
              FILE_FINGERPRINT,
              SAMPLE_RATE,
              CHANNELS,
              SOURCE_ENCODING,
              AUDIO_ENCODING,
              AUDIO,
              AUDIO_FINGERPRINT,
              DURATION,
              PEAK,
              RMS,
              CLIPPING_SHARE,
              DC_OFFSET,
              SILENCE_SHARE,
              SILENT,
              DUPLICATE_OF,
              LABEL_CONFLICT),
          List.of(CORPUS),
          "ingest");

  private UtteranceTable() {}

  /**
   * All utterances without their sound, which Parquet then does not read.
   *
   * @throws affetto.fault.BadInputException if nothing was ingested yet
   */
  public static Dataset<Row> metadata(SparkSession spark, Warehouse warehouse) {
    return TABLE.read(spark, warehouse).drop(AUDIO.name());
  }

  /**
   * All utterances with their sound, read in small batches and splits.
   *
   * @throws affetto.fault.BadInputException if nothing was ingested yet
   */
  public static Dataset<Row> withAudio(SparkSession spark, Warehouse warehouse) {
    return TABLE.read(WideRows.session(spark), warehouse);
  }

  /**
   * The utterances of some files as sweep takes them.
   *
   * @param files of this table, named as in {@link #FILE_URI}
   * @param taskBytes how much of the files a task takes, unless one batch of rows is more
   * @throws affetto.fault.BadInputException if nothing was ingested yet
   */
  public static JavaRDD<SoundRow> sounds(
      SparkSession spark, Warehouse warehouse, Collection<String> files, long taskBytes) {
    SparkSession wide = WideRows.session(spark, taskBytes);
    return SoundRow.of(
        TABLE.read(wide, warehouse).where(functions.col(FILE_URI).isInCollection(files)));
  }

  /** The name of a corpus's partition. */
  public static String partition(String corpus) {
    return TABLE.name() + "/" + CORPUS.name() + "=" + corpus;
  }
}
