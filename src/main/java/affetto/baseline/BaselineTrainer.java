package affetto.baseline;

import affetto.corpus.EmotionScheme;
import affetto.model.ClassWeights;
import affetto.model.FeatureScaler;
import affetto.model.NetworkSpec;
import affetto.table.FeatureRow;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trains baselines on Spark, none of whose rows comes to the driver.
 *
 * <p>Rows have the same places whatever the cluster and the partitions they come in. A forest is
 * then the same to the last bit. L-BFGS adds partial sums in the order in which tasks end, so two
 * trainings of a logistic regression on more than one partition differ by rounding; the optimum
 * that both go to is the same one.
 */
public final class BaselineTrainer {

  /** Of loss and gradient, relative: below what a posterior shows, above what rounding spoils. */
  private static final double TOLERANCE = 1e-7;

  private final Baseline baseline;
  private final NetworkSpec network;
  private final Dataset<Row> rows;
  private final int partitions;

  /**
   * @param network the baseline's
   * @param rows to train on, of the scheme's classes, clips distinct, in any order and partitions
   * @param number of the rows, at least 1
   * @param scaler fitted on these rows
   * @param weights of the rows
   */
  public BaselineTrainer(
      SparkSession spark,
      Baseline baseline,
      NetworkSpec network,
      JavaRDD<FeatureRow> rows,
      long number,
      EmotionScheme scheme,
      FeatureScaler scaler,
      ClassWeights weights) {
    this(spark, baseline, network, rows, scheme, scaler, weights, TrainingRows.partitions(number));
  }

  BaselineTrainer(
      SparkSession spark,
      Baseline baseline,
      NetworkSpec network,
      JavaRDD<FeatureRow> rows,
      EmotionScheme scheme,
      FeatureScaler scaler,
      ClassWeights weights,
      int partitions) {
    this.baseline = baseline;
    this.network = network;
    this.partitions = partitions;
    this.rows = TrainingRows.of(spark, rows, scheme, scaler, weights, partitions);
  }

  /**
   * Trains.
   *
   * @param spec one of {@link Baseline#choices}
   */
  public BaselineOutcome train(BaselineSpec spec) {
    return baseline == Baseline.LOGISTIC ? logistic(spec) : forest(spec);
  }

  private BaselineOutcome logistic(BaselineSpec spec) {
    double l2 = spec.l2().get(0);
    LogisticRegressionModel model =
        new LogisticRegression(baseline.id())
            .setLabelCol(TrainingRows.LABEL)
            .setFeaturesCol(TrainingRows.FEATURES)
            .setWeightCol(TrainingRows.WEIGHT)
            .setFamily("multinomial")
            .setStandardization(false)
            .setRegParam(l2)
            .setMaxIter(spec.iterations())
            .setTol(TOLERANCE)
            .fit(rows);
    List<Double> losses = Arrays.stream(model.summary().objectiveHistory()).boxed().toList();
    return new BaselineOutcome(
        new MllibClassifier(model, network.input()),
        "spark-mllib: L-BFGS, L2 " + l2,
        partitions,
        losses);
  }

  private BaselineOutcome forest(BaselineSpec spec) {
    RandomForestClassificationModel model =
        new RandomForestClassifier(baseline.id())
            .setLabelCol(TrainingRows.LABEL)
            .setFeaturesCol(TrainingRows.FEATURES)
            .setWeightCol(TrainingRows.WEIGHT)
            .setFeatureSubsetStrategy("sqrt")
            .setNumTrees(spec.trees())
            .setMaxDepth(spec.depth())
            .setCacheNodeIds(true)
            .setSeed(network.seed())
            .fit(rows);
    return new BaselineOutcome(
        new MllibClassifier(model, network.input()),
        "spark-mllib: random forest, %d trees, depth %d".formatted(spec.trees(), spec.depth()),
        partitions,
        List.of());
  }
}
