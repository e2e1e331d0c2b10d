package affetto.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import affetto.feature.FeatureMatrix;
import affetto.feature.FeatureSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Writes rows of {@link FeatureTable}: of each augmentation the files that a layout plans, however
 * many tasks made the rows; each file sorted by clip. They do not count until their folder is
 * committed.
 *
 * <p>New rows come packed: all numbers in one column, whatever the feature set. Spark then carries
 * and sorts twenty columns, and only those tasks that write files handle one column a feature.
 */
public final class FeatureWriter {

  /** Bytes of a row group of scalars: some twenty thousand clips. */
  private static final long GROUP_BYTES = 16L << 20;

  private static final String AUGMENTATION = FeatureTable.AUGMENTATION.name();
  private static final String COMMIT = FeatureTable.COMMIT.name();
  private static final String FILE = "file";

  private static final Table PACKED =
      new Table(
          "packed",
          Stream.concat(FeatureTable.DESCRIPTION.stream(), FeatureTable.MATRIX.stream()).toList(),
          List.of(FeatureTable.AUGMENTATION),
          "sweep");

  private final Warehouse warehouse;
  private final FeatureSet featureSet;
  private final Table table;

  public FeatureWriter(Warehouse warehouse, FeatureSet featureSet) {
    this.warehouse = warehouse;
    this.featureSet = featureSet;
    this.table = FeatureTable.of(featureSet);
  }

  /**
   * A packed row.
   *
   * @param version of the feature set
   * @param seed the clip's own
   * @param duration of the clip, in seconds
   */
  public static InternalRow packed(
      SoundRow utterance,
      String version,
      String augmentation,
      long seed,
      double duration,
      FeatureMatrix features) {
    List<Object> values = new ArrayList<>();
    values.add(UTF8String.fromString(Clip.id(utterance.id(), augmentation)));
    values.addAll(utterance.description());
    values.addAll(List.of(duration, seed, UTF8String.fromString(version)));
    values.addAll(List.of(features.frames(), features.bands()));
    values.add(UnsafeArrayData.fromPrimitiveArray(features.values()));
    values.add(UTF8String.fromString(augmentation));
    return new GenericInternalRow(values.toArray());
  }

  /** Writes packed rows into their augmentations' folders. */
  public void write(SparkSession spark, JavaRDD<InternalRow> packed, FileLayout layout) {
    // Spark's own rows: an encoder would box every number.
    Dataset<Row> rows = spark.internalCreateDataFrame(packed.rdd(), PACKED.schema(), false);
    write(arranged(rows, layout).select(unpacked()));
  }

  /**
   * Writes rows that were read from the table into their augmentations' folders.
   *
   * @param rows the columns of {@link FeatureTable#of}, and the augmentation
   */
  public void rewrite(Dataset<Row> rows, FileLayout layout) {
    Stream<Column> columns = Stream.concat(table.columns().stream(), table.partitions().stream());
    write(arranged(rows, layout).select(FeatureTable.columns(columns)));
  }

  private void write(Dataset<Row> rows) {
    writer(rows)
        .mode("append")
        .partitionBy(AUGMENTATION, COMMIT)
        .parquet(warehouse.folder(table.name()));
  }

  private static Dataset<Row> arranged(Dataset<Row> rows, FileLayout layout) {
    UDF2<String, String, Integer> key = layout::key;
    UDF1<String, String> folder = layout::folder;
    org.apache.spark.sql.Column augmentation = col(AUGMENTATION);
    return rows.withColumn(
            FILE,
            udf(key, DataTypes.IntegerType)
                .asNonNullable()
                .apply(augmentation, col(UtteranceTable.UTTERANCE_ID.name())))
        .withColumn(COMMIT, udf(folder, DataTypes.StringType).asNonNullable().apply(augmentation))
        .repartition(layout.files(), col(FILE))
        .sortWithinPartitions(AUGMENTATION, COMMIT, FeatureTable.CLIP_ID.name());
  }

  private DataFrameWriter<Row> writer(Dataset<Row> rows) {
    DataFrameWriter<Row> writer = WideRows.writer(rows.write());
    if (featureSet.scalar()) {
      writer.option("parquet.block.size", GROUP_BYTES);
      // Hardly two clips share a number: dictionaries would be made only to be thrown away.
      featureSet.names().forEach(name -> writer.option("parquet.enable.dictionary#" + name, false));
    }
    return writer;
  }

  /** The table's columns out of the packed ones. */
  private org.apache.spark.sql.Column[] unpacked() {
    List<String> names = featureSet.names();
    Stream<org.apache.spark.sql.Column> numbers =
        featureSet.scalar()
            ? IntStream.range(0, names.size()).mapToObj(i -> number(i, names.get(i)))
            : Stream.of(FeatureTable.columns(FeatureTable.MATRIX.stream()));
    return Stream.of(
            Stream.of(FeatureTable.columns(FeatureTable.DESCRIPTION.stream())),
            numbers,
            Stream.of(col(AUGMENTATION), col(COMMIT)))
        .flatMap(columns -> columns)
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  private org.apache.spark.sql.Column number(int index, String name) {
    // Spark thinks that an array may be short; the column is never null.
    return coalesce(col(FeatureTable.VALUES.name()).getItem(index), lit(Float.NaN))
        .as(name, table.schema().apply(name).metadata());
  }
}
