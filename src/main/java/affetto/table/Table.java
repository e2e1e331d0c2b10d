package affetto.table;

import affetto.fault.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  private static final int ATTEMPTS = 20;
  private static final Pattern WRITE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

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
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<String> files = files(spark, warehouse);
      if (files.isEmpty()) {
        throw new BadInputException(
            "warehouse %s has no table %s: run %s first".formatted(warehouse.root(), name, madeBy));
      }
      // Spark lists the folder itself: a path for each file would be a task for each.
      Dataset<Row> rows =
          spark
              .read()
              .schema(schema())
              .option("pathGlobFilter", glob(files))
              .parquet(warehouse.folder(name));
      if (names(Arrays.asList(rows.inputFiles())).containsAll(names(files))) {
        return rows;
      }
      // Some were replaced between the two listings.
    }
    throw new IllegalStateException(
        "table %s of %s was replaced each time it was to be read"
            .formatted(name, warehouse.root()));
  }

  private static Set<String> names(List<String> paths) {
    return paths.stream()
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .collect(Collectors.toSet());
  }

  /** What fits the files of the same writes, which Spark gives a number each, and of no others. */
  private static String glob(List<String> files) {
    return names(files).stream()
        .map(
            file -> {
              Matcher write = WRITE.matcher(file);
              return write.find()
                  ? "*" + write.group() + "*"
                  : file.replaceAll("[\\\\{}\\[\\]*?,]", "\\\\$0");
            })
        .distinct()
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }
}
