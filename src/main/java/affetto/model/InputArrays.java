package affetto.model;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows as a network's graph takes them. */
public final class InputArrays {

  private InputArrays() {}

  /**
   * Copies rows to where the calling thread computes.
   *
   * @param flat row by row, each of {@link InputSpec#size} values
   * @return the spectrograms, shape [rows x frames x bands x 1 channel], and behind them, if the
   *     input has them, the levels, shape [rows x bands]
   */
  public static INDArray[] of(InputSpec input, int rows, float[] flat) {
    int head = input.head();
    if (head == 0) {
      return new INDArray[] {spectrograms(input, rows, flat)};
    }
    int size = input.size();
    float[] levels = new float[rows * head];
    float[] frames = new float[rows * (size - head)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(flat, row * size, levels, row * head, head);
      System.arraycopy(flat, row * size + head, frames, row * (size - head), size - head);
    }
    return new INDArray[] {
      spectrograms(input, rows, frames), Nd4j.createFromArray(levels).reshape('c', rows, head)
    };
  }

  private static INDArray spectrograms(InputSpec input, int rows, float[] frames) {
    return Nd4j.createFromArray(frames).reshape('c', rows, input.frames(), input.bands(), 1);
  }

  /** Gives the memory back at once. */
  static void close(INDArray[] arrays) {
    Arrays.stream(arrays).forEach(INDArray::close);
  }
}
