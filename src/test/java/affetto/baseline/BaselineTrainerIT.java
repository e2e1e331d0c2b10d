package affetto.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import affetto.job.Sessions;
import affetto.model.ClassWeights;
import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import affetto.model.ModelFolder;
import affetto.model.NetworkSpec;
import affetto.model.TrainedModel;
import affetto.table.FeatureRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against what a logistic regression must fulfil, and against itself on other partitions. */
class BaselineTrainerIT {

  private static final double L2 = 0.02;
  private static final BaselineSpec SPEC = new BaselineSpec(List.of(L2), 500, 8, 5);

  /** Unequal, and no multiples of a power of two. */
  private static final List<Double> WEIGHTS = List.of(0.4, 1.7, 1.1, 1.3, 0.9, 1.0);

  private static final ClassWeights BY_CORPUS = new ClassWeights(Map.of("ravdess", WEIGHTS));

  private static final List<FeatureRow> ROWS = Blobs.rows(400, 5);

  private static final Map<Baseline, BaselineOutcome> TRAINED = new EnumMap<>(Baseline.class);

  private static SparkSession spark;
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark =
        Sessions.open("baseline", Map.of("spark.master", "local[2]", "spark.ui.enabled", "false"));
    for (Baseline baseline : Baseline.values()) {
      TRAINED.put(baseline, train(baseline, ROWS, 3, 4, 1));
    }
  }

  private static BaselineOutcome train(
      Baseline baseline, List<FeatureRow> rows, int in, int partitions, long seed) {
    InputSpec input = new InputSpec(1, Blobs.FEATURES, false);
    NetworkSpec network =
        new NetworkSpec(baseline.id(), input, WEIGHTS.size(), null, 0, 0, 0, false, seed);
    return new BaselineTrainer(
            spark,
            baseline,
            network,
            JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, in),
            Blobs.SCHEME,
            Blobs.scaler(ROWS),
            BY_CORPUS,
            partitions)
        .train(SPEC);
  }

  private static double accuracy(BaselineOutcome outcome) {
    double[][] posteriors = Blobs.posteriors(outcome, ROWS);
    int right = 0;
    for (int i = 0; i < posteriors.length; i++) {
      right += TrainedModel.best(posteriors[i]) == Blobs.label(ROWS.get(i)) ? 1 : 0;
    }
    return (double) right / posteriors.length;
  }

  @Test
  void bothLearn() {
    for (Baseline baseline : Baseline.values()) {
      BaselineOutcome outcome = TRAINED.get(baseline);
      assertThat(accuracy(outcome)).as(baseline.id()).isGreaterThan(0.65);
      for (double[] posterior : Blobs.posteriors(outcome, ROWS)) {
        double sum = 0;
        for (double p : posterior) {
          sum += p;
        }
        assertThat(posterior).hasSize(Blobs.SCHEME.classes().size());
        assertThat(sum).isCloseTo(1, within(1e-9));
        // Nobody has ever shown it the last class.
        assertThat(posterior[posterior.length - 1]).isLessThan(0.01);
      }
    }
  }

  /** Where the weighted mean loss and half of L2 times the squared weights are least. */
  @Test
  void theGradientOfTheDocumentedLossIsZeroAtTheLogisticModel() {
    LogisticRegressionModel model =
        (LogisticRegressionModel)
            ((MllibClassifier) TRAINED.get(Baseline.LOGISTIC).classifier()).model();
    Matrix weights = model.coefficientMatrix();
    FeatureScaler scaler = Blobs.scaler(ROWS);
    int classes = WEIGHTS.size();
    double[][] gradient = new double[classes][Blobs.FEATURES + 1];
    double total = 0;
    for (FeatureRow row : ROWS) {
      float[] x = scaler.scale(row.features());
      double[] posterior = model.predictProbability(MllibClassifier.vector(x)).toArray();
      double weight = WEIGHTS.get(Blobs.label(row));
      total += weight;
      for (int c = 0; c < classes; c++) {
        double error = weight * (posterior[c] - (c == Blobs.label(row) ? 1 : 0));
        for (int f = 0; f < Blobs.FEATURES; f++) {
          gradient[c][f] += error * x[f];
        }
        gradient[c][Blobs.FEATURES] += error;
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int f = 0; f <= Blobs.FEATURES; f++) {
        double penalty = f < Blobs.FEATURES ? L2 * weights.apply(c, f) : 0;
        assertThat(gradient[c][f] / total + penalty).as("%d %d", c, f).isCloseTo(0, within(1e-5));
      }
    }
  }

  @Test
  void aForestIsTheSameToTheLastBitWhateverOrderAndPartitionsItsRowsComeIn() {
    List<FeatureRow> sorted =
        ROWS.stream().sorted((one, other) -> one.clip().compareTo(other.clip())).toList();
    double[][] one = Blobs.posteriors(TRAINED.get(Baseline.FOREST), ROWS);
    assertThat(Blobs.posteriors(train(Baseline.FOREST, sorted, 7, 4, 1), ROWS)).isDeepEqualTo(one);
    double[][] reseeded = Blobs.posteriors(train(Baseline.FOREST, ROWS, 3, 4, 2), ROWS);
    assertThat(largestDifference(one, reseeded)).isGreaterThan(0.01);
  }

  @Test
  void aLogisticModelDiffersByRoundingEvenWhereItsSumsArePartedOtherwise() {
    double[][] one = Blobs.posteriors(TRAINED.get(Baseline.LOGISTIC), ROWS);
    double[][] samePlaces = Blobs.posteriors(train(Baseline.LOGISTIC, ROWS, 2, 4, 1), ROWS);
    double[][] otherPlaces = Blobs.posteriors(train(Baseline.LOGISTIC, ROWS, 2, 9, 1), ROWS);
    assertThat(largestDifference(one, samePlaces)).isLessThan(1e-6);
    assertThat(largestDifference(one, otherPlaces)).isLessThan(1e-6);
    double[][] alone = Blobs.posteriors(train(Baseline.LOGISTIC, ROWS, 7, 1, 1), ROWS);
    assertThat(Blobs.posteriors(train(Baseline.LOGISTIC, ROWS, 2, 1, 1), ROWS))
        .isDeepEqualTo(alone);
  }

  private static double largestDifference(double[][] one, double[][] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      for (int c = 0; c < one[i].length; c++) {
        largest = Math.max(largest, Math.abs(one[i][c] - other[i][c]));
      }
    }
    return largest;
  }

  @Test
  void whatMllibWritesMllibReads() throws IOException {
    for (Baseline baseline : Baseline.values()) {
      BaselineOutcome outcome = TRAINED.get(baseline);
      Path own = folder.resolve(baseline.id());
      outcome.classifier().write(new OnDisk(own));
      assertThat(own.resolve("classifier/metadata/part-00000")).exists();
      MllibClassifier back = baseline.read(spark, own.toString(), outcome.classifier().input());
      assertThat(Blobs.posteriors(new BaselineOutcome(back, "", 1, List.of()), ROWS))
          .isDeepEqualTo(Blobs.posteriors(outcome, ROWS));
    }
    // A forest's files under the name of a logistic regression.
    String forest = folder.resolve(Baseline.FOREST.id()).toString();
    InputSpec input = new InputSpec(1, Blobs.FEATURES, false);
    assertThatThrownBy(() -> Baseline.LOGISTIC.read(spark, forest, input))
        .hasMessageContaining("LogisticRegressionModel");
  }

  /** Says that its class came to life. */
  static final class Probe {
    static {
      System.setProperty("affetto.test.parquet", "initialised");
    }
  }

  /** Spark's own guard depends on the release that a cluster has; ours comes before it. */
  @Test
  void loadsNoTypeThatAStrangersParquetNames() throws IOException {
    Baseline logistic = Baseline.LOGISTIC;
    Path own = folder.resolve("stranger");
    TRAINED.get(logistic).classifier().write(new OnDisk(own));
    writeParquet(own.resolve("classifier/data/part-99999").toString(), Probe.class);
    InputSpec input = new InputSpec(1, Blobs.FEATURES, false);
    assertThatThrownBy(() -> logistic.read(spark, own.toString(), input))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("part-99999: its schema names the class " + Probe.class.getName());
    assertThat(System.getProperty("affetto.test.parquet")).isNull();
  }

  private static void writeParquet(String file, Class<?> type) throws IOException {
    String schema =
        """
         {"type":"struct","fields":[{"name":"x","nullable":true,"metadata":{},"type":
           {"type":"udt","class":"%s","pyClass":null,"sqlType":"integer"}}]}"""
            .formatted(type.getName());
    MessageType columns = MessageTypeParser.parseMessageType("message m { required int32 x; }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(
                HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(file), new Configuration()))
            .withType(columns)
            .withExtraMetaData(Map.of("org.apache.spark.sql.parquet.row.metadata", schema))
            .build()) {
      writer.write(new SimpleGroupFactory(columns).newGroup().append("x", 1));
    }
  }

  private record OnDisk(Path folder) implements ModelFolder {
    @Override
    public void write(String name, byte[] bytes) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public String below(String name) {
      return folder.resolve(name).toString();
    }
  }

  /** A row at a time, without Spark, gives what MLlib's own transformer gives on a table. */
  @Test
  void posteriorsAreThoseOfMllibsTransformer() {
    for (Baseline baseline : Baseline.values()) {
      MllibClassifier classifier = (MllibClassifier) TRAINED.get(baseline).classifier();
      List<Row> table =
          classifier
              .model()
              .transform(
                  TrainingRows.of(
                      spark,
                      JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(ROWS, 2),
                      Blobs.SCHEME,
                      Blobs.scaler(ROWS),
                      BY_CORPUS,
                      2))
              .select(TrainingRows.FEATURES, "probability")
              .collectAsList();
      assertThat(table).hasSize(ROWS.size());
      for (Row row : table) {
        double[] features = row.<Vector>getAs(0).toArray();
        float[] values = new float[features.length];
        for (int f = 0; f < values.length; f++) {
          values[f] = (float) features[f];
        }
        assertThat(classifier.posteriors(List.of(values))[0])
            .isEqualTo(row.<Vector>getAs(1).toArray());
      }
    }
  }

  @Test
  void aValueThatIsNoNumberIsRefused() {
    float[] row = {1, 2, Float.NaN, 4, 5};
    assertThatThrownBy(() -> TRAINED.get(Baseline.LOGISTIC).classifier().posteriors(List.of(row)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 2 is NaN");
  }
}
