package affetto.table;

import affetto.corpus.Emotion;
import affetto.evaluation.RowKey;
import affetto.fault.BadInputException;
import affetto.feature.FeatureMatrix;
import affetto.feature.FeatureSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One row a clip: {@code features/feature_set=ID/augmentation=ID/commit=NAME/*.parquet}, written by
 * sweep. Folders without {@code _commit.json} do not count, nor do those that another folder's
 * {@code _commit.json} replaces: {@link FeatureFolders}.
 *
 * <p>The files hold {@link #DESCRIPTION}, then of a scalar set one FLOAT column a feature, and of a
 * matrix set {@link #FRAMES}, {@link #BANDS} and {@link #VALUES}. Rows of an older recording, of an
 * older version of the feature set or of another seed stay until vacuum removes them; {@link
 * #current} and {@link #rows} leave them out.
 */
public final class FeatureTable {

  public static final Column CLIP_ID =
      Column.text("clip_id", "utterance, and '~' and augmentation unless clean");
  public static final Column CORPUS = UtteranceTable.CORPUS;
  public static final Column DURATION =
      Column.real("duration_s", "s", "length of the clip as loaded and augmented");
  public static final Column SEED =
      Column.large("seed", "", "of the augmentation: a hash of base seed, utterance, augmentation");
  public static final Column FEATURE_SET_VERSION =
      Column.text("feature_set_version", "hash of the feature set's definition");
  public static final Column FRAMES = Column.whole("frames", "", "rows of the matrix");
  public static final Column BANDS = Column.whole("bands", "", "columns of the matrix");
  public static final Column VALUES =
      new Column(
          "values",
          new ArrayType(DataTypes.FloatType, false),
          false,
          "",
          "the matrix row by row, frames x bands");

  /** Partition columns. */
  public static final Column FEATURE_SET = Column.text("feature_set", "recipe-162, logmel-64, ...");

  public static final Column AUGMENTATION =
      Column.text("augmentation", "clean, noise-0.035, stretch-0.8_pitch+0.7, ...");

  public static final Column COMMIT =
      Column.text("commit", "folder of files that came to count together");

  /** What a row repeats of its utterance. */
  public static final List<Column> UTTERANCE =
      List.of(
          UtteranceTable.UTTERANCE_ID,
          CORPUS,
          UtteranceTable.SPEAKER,
          UtteranceTable.GENDER,
          UtteranceTable.EMOTION,
          UtteranceTable.CHANNEL,
          UtteranceTable.INTENSITY,
          UtteranceTable.TEXT,
          UtteranceTable.REPETITION,
          UtteranceTable.AUDIO_FINGERPRINT,
          UtteranceTable.DUPLICATE_OF,
          UtteranceTable.LABEL_CONFLICT,
          UtteranceTable.SILENT);

  /** What every feature table begins with. */
  public static final List<Column> DESCRIPTION =
      Stream.of(List.of(CLIP_ID), UTTERANCE, List.of(DURATION, SEED, FEATURE_SET_VERSION))
          .flatMap(List::stream)
          .toList();

  /** What holds the numbers of a matrix set. */
  static final List<Column> MATRIX = List.of(FRAMES, BANDS, VALUES);

  /** What an utterance's row knows better than a feature row written long ago. */
  private static final List<Column> FLAGS =
      List.of(UtteranceTable.DUPLICATE_OF, UtteranceTable.LABEL_CONFLICT, UtteranceTable.SILENT);

  private static final List<Column> KEY =
      List.of(UtteranceTable.UTTERANCE_ID, UtteranceTable.AUDIO_FINGERPRINT);

  static final String FOLDER = "features";

  private FeatureTable() {}

  /** The table of one feature set: its columns depend on the set. */
  public static Table of(FeatureSet featureSet) {
    List<Column> columns = new ArrayList<>(DESCRIPTION);
    if (featureSet.scalar()) {
      featureSet.names().forEach(name -> columns.add(Column.single(name, "", "feature " + name)));
    } else {
      columns.addAll(MATRIX);
    }
    return new Table(
        folder(featureSet.id()),
        columns,
        List.of(AUGMENTATION, COMMIT),
        "sweep --feature-set " + featureSet.id());
  }

  /** The folder of a feature set's table. */
  static String folder(String featureSet) {
    return FOLDER + "/" + FEATURE_SET.name() + "=" + featureSet;
  }

  /**
   * The rows of some folders.
   *
   * @return the columns of {@link #of}, with {@link #AUGMENTATION} and {@link #COMMIT} last
   */
  public static Dataset<Row> read(
      SparkSession spark, Warehouse warehouse, FeatureSet featureSet, List<FeatureFolder> folders) {
    FeatureStorage storage =
        new FeatureStorage(spark.sparkContext().hadoopConfiguration(), warehouse, featureSet.id());
    String[] paths =
        folders.stream()
            .filter(folder -> !folder.files().isEmpty())
            .map(folder -> storage.path(folder.augmentation(), folder.name()).toString())
            .toArray(String[]::new);
    StructType schema = of(featureSet).schema();
    return paths.length == 0
        ? spark.createDataFrame(List.of(), schema)
        : spark.read().schema(schema).option("basePath", storage.root()).parquet(paths);
  }

  /**
   * The rows that are true of the utterances as they are now, each clip once, in no particular
   * order; flags are the utterances' own.
   *
   * @return the columns of {@link #of}, with {@link #AUGMENTATION} last
   * @throws BadInputException if the warehouse has no utterances, or no such features
   */
  public static Dataset<Row> current(
      SparkSession spark, Warehouse warehouse, FeatureSet featureSet) {
    Table table = of(featureSet);
    List<FeatureFolder> folders =
        new FeatureStorage(spark.sparkContext().hadoopConfiguration(), warehouse, featureSet.id())
            .list()
            .readable(featureSet.version());
    if (folders.isEmpty()) {
      throw new BadInputException(
          "warehouse %s has no table %s of this version: run %s first"
              .formatted(warehouse.root(), table.name(), table.madeBy()));
    }
    SparkSession session = WideRows.session(spark);
    Dataset<Row> utterances =
        UtteranceTable.metadata(session, warehouse)
            .select(columns(Stream.concat(KEY.stream(), FLAGS.stream())));
    Dataset<Row> rows =
        read(session, warehouse, featureSet, folders)
            .drop(names(FLAGS.stream()))
            .join(functions.broadcast(utterances), names(KEY.stream()))
            .select(columns(Stream.concat(table.columns().stream(), Stream.of(AUGMENTATION))));
    // Only two sweeps at once leave a clip twice.
    boolean twice =
        !rows.groupBy(CLIP_ID.name()).count().where(functions.col("count").gt(1)).isEmpty();
    return twice ? rows.dropDuplicates(CLIP_ID.name()) : rows;
  }

  /**
   * What {@link #current} returns, as training and evaluation take it.
   *
   * @throws BadInputException if the warehouse has no utterances, or no such features
   */
  public static JavaRDD<FeatureRow> rows(
      SparkSession spark, Warehouse warehouse, FeatureSet featureSet) {
    int bands = featureSet.names().size();
    boolean scalar = featureSet.scalar();
    // Spark's own rows give up float arrays without boxing every value.
    return current(spark, warehouse, featureSet)
        .select(
            columns(
                Stream.concat(
                    ROW_KEY.stream(), of(featureSet).columns().stream().skip(DESCRIPTION.size()))))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .map(row -> featureRow(row, scalar ? scalars(row, bands) : matrix(row)));
  }

  /** What {@link #featureRow} reads, in its order. */
  private static final List<Column> ROW_KEY =
      List.of(
          CLIP_ID,
          CORPUS,
          UtteranceTable.SPEAKER,
          UtteranceTable.UTTERANCE_ID,
          UtteranceTable.AUDIO_FINGERPRINT,
          AUGMENTATION,
          UtteranceTable.EMOTION,
          UtteranceTable.DUPLICATE_OF,
          UtteranceTable.LABEL_CONFLICT,
          UtteranceTable.SILENT);

  private static FeatureRow featureRow(InternalRow row, FeatureMatrix features) {
    RowKey key = new RowKey(text(row, 1), text(row, 2), text(row, 3), text(row, 4), text(row, 5));
    return new FeatureRow(
        text(row, 0),
        key,
        Emotion.ofLabel(text(row, 6)),
        !row.isNullAt(7),
        row.getBoolean(8),
        row.getBoolean(9),
        features);
  }

  private static FeatureMatrix scalars(InternalRow row, int bands) {
    float[] values = new float[bands];
    for (int i = 0; i < bands; i++) {
      values[i] = row.getFloat(ROW_KEY.size() + i);
    }
    return new FeatureMatrix(values, 1, bands);
  }

  private static FeatureMatrix matrix(InternalRow row) {
    int first = ROW_KEY.size();
    return new FeatureMatrix(
        row.getArray(first + 2).toFloatArray(), row.getInt(first), row.getInt(first + 1));
  }

  private static String text(InternalRow row, int column) {
    return row.getUTF8String(column).toString();
  }

  /** Spark's columns of ours. */
  public static org.apache.spark.sql.Column[] columns(Stream<Column> columns) {
    return columns
        .map(column -> functions.col(column.name()))
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  private static String[] names(Stream<Column> columns) {
    return columns.map(Column::name).toArray(String[]::new);
  }
}
