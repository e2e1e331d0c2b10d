package affetto.baseline;

import affetto.model.Classifier;
import affetto.model.InputSpec;
import affetto.model.ModelFolder;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLWritable;

/**
 * A model of Spark MLlib behind our own interface. A row at a time, without Spark, and safe for
 * several threads; only reading and writing need a session.
 */
public final class MllibClassifier implements Classifier {
  private static final long serialVersionUID = 1L;
  private static final String FOLDER = "classifier";

  private final ProbabilisticClassificationModel<Vector, ?> model;
  private final InputSpec input;

  MllibClassifier(ProbabilisticClassificationModel<Vector, ?> model, InputSpec input) {
    this.model = model;
    this.input = input;
  }

  /** Where MLlib's files lie in a model's folder. */
  static String path(String folder) {
    return new Path(folder, FOLDER).toString();
  }

  @Override
  public InputSpec input() {
    return input;
  }

  /** MLlib's own, which can always be written. */
  ProbabilisticClassificationModel<Vector, ?> model() {
    return model;
  }

  /**
   * Posteriors of rows.
   *
   * @throws IllegalArgumentException if a value is not a finite number, of which nothing would be
   *     seen in the posteriors
   */
  @Override
  public double[][] posteriors(List<float[]> rows) {
    return rows.stream()
        .map(row -> model.predictProbability(vector(row)).toArray())
        .toArray(double[][]::new);
  }

  /** A row as MLlib takes it. */
  static Vector vector(float[] row) {
    double[] values = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      if (!Float.isFinite(row[i])) {
        throw new IllegalArgumentException("feature %d is %s".formatted(i, row[i]));
      }
      values[i] = row[i];
    }
    return Vectors.dense(values);
  }

  /** By MLlib's own writer: a text file of settings, and Parquet, written by Spark's executors. */
  @Override
  public void write(ModelFolder folder) throws IOException {
    ((MLWritable) model).write().save(folder.below(FOLDER));
  }
}
