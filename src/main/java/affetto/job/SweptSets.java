package affetto.job;

import affetto.fault.BadInputException;
import affetto.table.FeatureStorage;
import affetto.table.Warehouse;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The feature sets of a warehouse that a command is to work on. */
final class SweptSets {

  private SweptSets() {}

  /**
   * By id.
   *
   * @param wanted id of one; empty for all
   * @throws BadInputException if there is no such set, or none at all
   */
  static List<String> of(SparkSession spark, Warehouse warehouse, String wanted) {
    List<String> there =
        FeatureStorage.featureSets(spark.sparkContext().hadoopConfiguration(), warehouse);
    if (there.isEmpty()) {
      throw new BadInputException(
          "warehouse %s has no features: run sweep first".formatted(warehouse.root()));
    }
    if (!wanted.isEmpty() && !there.contains(wanted)) {
      throw new BadInputException(
          "warehouse %s has no features %s, but %s"
              .formatted(warehouse.root(), wanted, String.join(", ", there)));
    }
    return wanted.isEmpty() ? there : List.of(wanted);
  }
}
