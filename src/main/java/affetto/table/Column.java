package affetto.table;

import java.io.Serializable;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * A documented column. The comment travels into Parquet's Spark schema, so that {@code DESCRIBE}
 * shows it.
 *
 * @param name snake case
 * @param type Spark's type
 * @param nullable whether a row may lack it
 * @param unit {@code s}, {@code Hz}, {@code B}, {@code share}, or empty
 * @param doc one sentence
 */
public record Column(String name, DataType type, boolean nullable, String unit, String doc)
    implements Serializable {

  public static Column text(String name, String doc) {
    return new Column(name, DataTypes.StringType, false, "", doc);
  }

  public static Column whole(String name, String unit, String doc) {
    return new Column(name, DataTypes.IntegerType, false, unit, doc);
  }

  public static Column large(String name, String unit, String doc) {
    return new Column(name, DataTypes.LongType, false, unit, doc);
  }

  public static Column real(String name, String unit, String doc) {
    return new Column(name, DataTypes.DoubleType, false, unit, doc);
  }

  public static Column single(String name, String unit, String doc) {
    return new Column(name, DataTypes.FloatType, false, unit, doc);
  }

  public static Column flag(String name, String doc) {
    return new Column(name, DataTypes.BooleanType, false, "", doc);
  }

  /** The same column where a row may lack it. */
  public Column optional() {
    return new Column(name, type, true, unit, doc);
  }

  /** The column as Spark's schema has it, with unit and meaning as its comment. */
  public StructField field() {
    String comment = unit.isEmpty() ? doc : doc + " [" + unit + "]";
    Metadata metadata = new MetadataBuilder().putString("comment", comment).build();
    return new StructField(name, type, nullable, metadata);
  }
}
