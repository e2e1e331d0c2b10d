package affetto.table;

import affetto.fault.BadInputException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table of the warehouse: a folder of Parquet files, partitioned the way Hive does it.
 *
 * @param name the folder's name
 * @param columns what the files hold, in order
 * @param partitions what the folders' names hold, outermost first
 * @param madeBy the command that writes it, named when it is missing
 */
public record Table(String name, List<Column> columns, List<Column> partitions, String madeBy) {

  public Table {
    columns = List.copyOf(columns);
    partitions = List.copyOf(partitions);
  }

  /** The files' columns, then the partitions'. */
  public StructType schema() {
    return schema(Stream.concat(columns.stream(), partitions.stream()).toList());
  }

  /** The files' columns alone. */
  public StructType fileSchema() {
    return schema(columns);
  }

  private static StructType schema(List<Column> columns) {
    return new StructType(columns.stream().map(Column::field).toArray(StructField[]::new));
  }

  /** Whether there is anything to read. */
  public boolean exists(SparkSession spark, Warehouse warehouse) {
    return !files(spark, warehouse).isEmpty();
  }

  private List<String> files(SparkSession spark, Warehouse warehouse) {
    return Partition.files(spark.sparkContext().hadoopConfiguration(), warehouse, name);
  }

  /**
   * The table as it lies in the warehouse: of each partition what its last write left.
   *
   * @throws BadInputException if the warehouse has no such table
   */
  public Dataset<Row> read(SparkSession spark, Warehouse warehouse) {
    List<String> files = files(spark, warehouse);
    if (files.isEmpty()) {
      throw new BadInputException(
          "warehouse %s has no table %s: run %s first".formatted(warehouse.root(), name, madeBy));
    }
    return spark
        .read()
        .schema(schema())
        .option("basePath", warehouse.folder(name))
        .parquet(files.toArray(String[]::new));
  }
}
