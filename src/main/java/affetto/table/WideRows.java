package affetto.table;

import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How to read and write rows of a hundred kilobytes and more (audio, matrices) in a small heap.
 *
 * <p>Spark's defaults are made for narrow rows: a batch of 4096 rows of audio is half a gigabyte,
 * and Parquet looks at its buffers only every hundred rows.
 */
public final class WideRows {

  /**
   * Bytes of a row group, and of a task's share of the input unless said otherwise: a hundred
   * clips, so that the last task keeps no core waiting for long.
   */
  public static final long GROUP_BYTES = 4L << 20;

  private WideRows() {}

  /** A session on the same context that reads small batches in small splits. */
  public static SparkSession session(SparkSession spark) {
    return session(spark, GROUP_BYTES);
  }

  /** The same in splits of another size. */
  static SparkSession session(SparkSession spark, long splitBytes) {
    SparkSession wide = spark.newSession();
    wide.conf().set("spark.sql.parquet.columnarReaderBatchSize", "32");
    wide.conf().set("spark.sql.files.maxPartitionBytes", Long.toString(splitBytes));
    wide.conf().set("spark.sql.files.openCostInBytes", "65536");
    return wide;
  }

  /** The writer with small row groups, looking at its buffers after every few rows. */
  public static DataFrameWriter<Row> writer(DataFrameWriter<Row> writer) {
    return writer
        .option("parquet.block.size", GROUP_BYTES)
        .option("parquet.block.size.row.check.min", 4)
        .option("parquet.page.size.row.check.min", 4)
        .option("parquet.enable.dictionary#audio", false)
        .option("parquet.enable.dictionary#values.list.element", false)
        .option("compression", "zstd");
  }
}
