package affetto.model;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * What turns scaled rows into posteriors: a network, a linear model, a forest.
 *
 * <p>Serializable, so that Spark can bring it from the driver to its executors; stores never keep
 * that form, but what {@link #write} writes.
 */
public interface Classifier extends Serializable {

  /** What it sees of a clip. */
  InputSpec input();

  /**
   * Posteriors of rows.
   *
   * @param rows each of {@link InputSpec#size} values, scaled
   * @return shape [rows x classes], each row sums to 1
   */
  double[][] posteriors(List<float[]> rows);

  /**
   * Writes all that is needed to build it again.
   *
   * @throws IOException if the folder cannot be written
   */
  void write(ModelFolder folder) throws IOException;
}
