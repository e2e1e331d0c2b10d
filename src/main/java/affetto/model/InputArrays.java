package affetto.model;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows as a network's graph takes them. */
public final class InputArrays {

  private InputArrays() {}

  /**
   * Copies rows to where the calling thread computes.
   *
   * @param rows each of {@link InputSpec#size} values
   * @return the spectrograms, shape [rows x frames x bands x 1 channel], and behind them, if the
   *     input has one, the heads, shape [rows x head]
   */
  public static INDArray[] of(InputSpec input, List<float[]> rows) {
    int head = input.head();
    INDArray spectrograms =
        columns(rows, head, input.size())
            .reshape('c', rows.size(), input.frames(), input.bands(), 1);
    return head == 0
        ? new INDArray[] {spectrograms}
        : new INDArray[] {spectrograms, columns(rows, 0, head).reshape('c', rows.size(), head)};
  }

  private static INDArray columns(List<float[]> rows, int from, int to) {
    int width = to - from;
    float[] flat = new float[rows.size() * width];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), from, flat, row * width, width);
    }
    return Nd4j.createFromArray(flat);
  }

  /** Gives the memory back at once. */
  static void close(INDArray[] arrays) {
    Arrays.stream(arrays).forEach(INDArray::close);
  }
}
