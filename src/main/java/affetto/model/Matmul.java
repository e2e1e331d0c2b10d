package affetto.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Matrix products whose result lies row by row. ND4J's own {@code mmul} answers column by column,
 * and whatever meets that later, an addition or a reshape, takes ten times as long.
 */
final class Matmul {

  /** The longest row of ones that was asked for: shorter ones are its beginning. */
  private static final Map<DataType, INDArray> ONES = new ConcurrentHashMap<>();

  private Matmul() {}

  /** {@code a b}, of shapes [n x k] and [k x m]. */
  static INDArray product(INDArray a, INDArray b) {
    return into(rowByRow(a, a.size(0), b.size(1)), a, b, false, false);
  }

  /** {@code a' b}, of shapes [k x n] and [k x m]. */
  static INDArray transposedByPlain(INDArray a, INDArray b) {
    return into(rowByRow(a, a.size(1), b.size(1)), a, b, true, false);
  }

  /** {@code a b'}, of shapes [n x k] and [m x k]. */
  static INDArray plainByTransposed(INDArray a, INDArray b) {
    return into(rowByRow(a, a.size(0), b.size(0)), a, b, false, true);
  }

  /**
   * The sum of all rows, shape [1 x columns]: as a product with ones, the fastest that ND4J has.
   */
  static INDArray sumOfRows(INDArray rows) {
    return product(ones(rows.dataType(), rows.size(0)), rows);
  }

  private static INDArray ones(DataType type, long length) {
    return ONES.compute(type, (same, longest) -> atLeast(length, same, longest))
        .get(NDArrayIndex.all(), NDArrayIndex.interval(0, length));
  }

  private static INDArray atLeast(long length, DataType type, INDArray longest) {
    if (longest != null && longest.length() >= length) {
      return longest;
    }
    return Nd4j.createUninitializedDetached(type, 1, length).assign(1);
  }

  private static INDArray into(
      INDArray out, INDArray a, INDArray b, boolean transposeA, boolean transposeB) {
    return Nd4j.matmul(a, b, out, transposeA, transposeB, false);
  }

  private static INDArray rowByRow(INDArray like, long rows, long columns) {
    return Nd4j.createUninitialized(like.dataType(), rows, columns);
  }
}
