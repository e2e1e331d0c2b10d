package affetto.baseline;

import affetto.corpus.EmotionScheme;
import affetto.model.ClassWeights;
import affetto.model.FeatureScaler;
import affetto.table.FeatureRow;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;
import scala.Tuple3;

/**
 * Training rows as MLlib takes them: label, weight and scaled features.
 *
 * <p>MLlib draws and sums by partition. So each row has its place by its clip's id alone: a
 * partition by the id's hash, and sorted within it.
 */
final class TrainingRows {
  static final String LABEL = "label";
  static final String WEIGHT = "weight";
  static final String FEATURES = "features";

  /** So many that a partition has worth a task's while, a few dozen megabytes at most. */
  private static final int ROWS_A_PARTITION = 8192;

  /** Weights are whole multiples of its inverse: their sums are exact, so in any order the same. */
  private static final double WEIGHT_STEPS = 1 << 20;

  private TrainingRows() {}

  /** How many partitions so many rows make, whatever the cluster. */
  static int partitions(long rows) {
    return Math.toIntExact((rows + ROWS_A_PARTITION - 1) / ROWS_A_PARTITION);
  }

  /**
   * The table; read anew by each action, but shuffled once.
   *
   * @param rows of the scheme's classes, clips distinct, in any order and partitions
   * @param weights of the rows
   */
  static Dataset<Row> of(
      SparkSession spark,
      JavaRDD<FeatureRow> rows,
      EmotionScheme scheme,
      FeatureScaler scaler,
      ClassWeights weights,
      int partitions) {
    JavaRDD<Row> placed =
        rows.mapToPair(
                row -> {
                  int label = scheme.classOf(row.emotion()).orElseThrow();
                  double weight = weights.of(row.corpus(), label);
                  return new Tuple2<>(
                      row.clip(), new Tuple3<>(label, weight, scaler.scale(row.features())));
                })
            .repartitionAndSortWithinPartitions(new HashPartitioner(partitions))
            .values()
            .map(row -> row(row._1(), row._2(), row._3()));
    return spark.createDataFrame(placed, schema(scheme.classes().size()));
  }

  private static Row row(int label, double weight, float[] values) {
    return RowFactory.create(
        (double) label,
        Math.rint(weight * WEIGHT_STEPS) / WEIGHT_STEPS,
        MllibClassifier.vector(values));
  }

  /** The label's column says how many classes there are: rows of some may be missing. */
  private static StructType schema(int classes) {
    return new StructType(
        new StructField[] {
          new StructField(
              LABEL,
              DataTypes.DoubleType,
              false,
              NominalAttribute.defaultAttr().withName(LABEL).withNumValues(classes).toMetadata()),
          new StructField(WEIGHT, DataTypes.DoubleType, false, Metadata.empty()),
          new StructField(FEATURES, SQLDataTypes.VectorType(), false, Metadata.empty())
        });
  }
}
