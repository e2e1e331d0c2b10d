package affetto.model;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ND4J's numbers as Java's. */
final class Doubles {

  private Doubles() {}

  /** What {@code toDoubleMatrix} gives, without native calls for each row. */
  static double[][] rows(INDArray matrix) {
    double[] flat = matrix.dup('c').data().asDouble();
    int columns = (int) matrix.size(1);
    double[][] rows = new double[(int) matrix.size(0)][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(flat, row * columns, (row + 1) * columns);
    }
    return rows;
  }
}
