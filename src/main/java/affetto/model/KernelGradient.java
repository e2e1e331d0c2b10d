package affetto.model;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The gradient of a convolution by its kernels, where nobody asks for the one by its input: in the
 * first block of a network. ND4J's operation for the way back always computes both, and that by an
 * input of few channels takes longer than all the rest of the block.
 *
 * <p>The cells that the kernels see from some neighbouring places are laid side by side as a row of
 * a matrix, a patch; the product of this matrix with what came from above holds, for each of these
 * places, its part of the gradient. Several places at a time make a smaller matrix, as their
 * kernels overlap, and a product that is wide enough for the processor.
 *
 * <p>On the CPU and in single precision only, by one thread at a time.
 */
final class KernelGradient {

  /** Bounds a piece of the matrix, so that it stays in the processor's cache. */
  private static final int FLOATS_AT_A_TIME = 1 << 18;

  /** Of the product: more is more work, fewer leaves vector units idle. */
  private static final int ROWS_ENOUGH = 64;

  private final ConvBlock.Shape shape;
  private float[] padded = {};
  private float[] patches = {};

  /**
   * @param shape of the block
   */
  KernelGradient(ConvBlock.Shape shape) {
    this.shape = shape;
  }

  /** Whether it can do it for such a block and such numbers, on the backend at hand. */
  static boolean serves(ConvBlock.Shape shape, DataType type) {
    return shape.stepAcross() == 1 && type == DataType.FLOAT && !Backend.isCuda();
  }

  /**
   * Computes the gradient.
   *
   * @param cells the input, shape [rows x height x width x channels], of ND4J's default strides
   * @param above gradient by the output, shape [rows x places down x places across x filters], of
   *     default strides
   * @param byKernels receives the gradient, shape [kernel height x width x channels x filters]
   */
  void compute(INDArray cells, INDArray above, INDArray byKernels) {
    Frame frame = new Frame(cells, above);
    int rows = Math.toIntExact(cells.size(0));
    int together = frame.rowsAtATime(rows);
    int columns = frame.neighbours * shape.filters();
    FloatBuffer input = cells.data().asNioFloat();
    INDArray flatAbove = above.reshape('c', (long) rows * frame.patches(), columns);
    INDArray piece =
        Nd4j.createUninitialized(DataType.FLOAT, (long) together * frame.patches(), frame.patch());
    INDArray sum = Nd4j.zeros(DataType.FLOAT, columns, frame.patch());
    padded = padded.length == frame.size() ? padded : new float[frame.size()];
    patches = patches.length == piece.length() ? patches : new float[(int) piece.length()];
    for (int row = 0; row < rows; row += together) {
      int some = Math.min(together, rows - row);
      for (int i = 0; i < some; i++) {
        frame.pad(input, padded);
        frame.cut(padded, patches, i * frame.patches() * frame.patch());
      }
      piece.data().asNioFloat().put(patches, 0, some * frame.patches() * frame.patch());
      long count = (long) some * frame.patches();
      INDArray theirs = part(flatAbove, (long) row * frame.patches(), count);
      sum.addi(Matmul.transposedByPlain(theirs, part(piece, 0, count)));
    }
    byKernels.assign(frame.ofAllPlaces(sum).reshape('c', byKernels.shape()));
  }

  private static INDArray part(INDArray matrix, long from, long rows) {
    return matrix.get(NDArrayIndex.interval(from, from + rows), NDArrayIndex.all());
  }

  /** Where the kernels of one row of a minibatch lie, the padding around it included. */
  private final class Frame {
    private final int height;
    private final int line;
    private final int down;
    private final int across;
    private final int above;
    private final int left;
    private final int paddedHeight;
    private final int paddedLine;
    private final int neighbours;

    /** What the neighbours see of one line. */
    private final int run;

    Frame(INDArray cells, INDArray output) {
      height = Math.toIntExact(cells.size(1));
      line = Math.toIntExact(cells.size(2)) * shape.channels();
      down = Math.toIntExact(output.size(1));
      across = Math.toIntExact(output.size(2));
      paddedHeight = Math.max(height, (down - 1) * shape.step() + shape.kernelHeight());
      paddedLine = line + (shape.kernelWidth() - 1) * shape.channels();
      above = (paddedHeight - height) / 2;
      left = (shape.kernelWidth() - 1) / 2 * shape.channels();
      int most = Math.max(1, ROWS_ENOUGH / shape.filters());
      neighbours = IntStream.rangeClosed(1, most).filter(n -> across % n == 0).max().orElse(1);
      run = (shape.kernelWidth() + neighbours - 1) * shape.channels();
    }

    int size() {
      return paddedHeight * paddedLine;
    }

    /** How many there are of one row of the minibatch. */
    int patches() {
      return down * across / neighbours;
    }

    /** The cells of one. */
    int patch() {
      return shape.kernelHeight() * run;
    }

    int rowsAtATime(int rows) {
      return Math.max(1, Math.min(rows, FLOATS_AT_A_TIME / (patches() * patch())));
    }

    /** Takes the next row of the minibatch; what is around it is zero from the start. */
    void pad(FloatBuffer input, float[] into) {
      for (int h = 0; h < height; h++) {
        input.get(into, (above + h) * paddedLine + left, line);
      }
    }

    /** Lays out the patches of a row. */
    void cut(float[] row, float[] into, int from) {
      int at = from;
      for (int h = 0; h < down; h++) {
        for (int w = 0; w < across; w += neighbours) {
          int corner = h * shape.step() * paddedLine + w * shape.channels();
          for (int k = 0; k < shape.kernelHeight(); k++) {
            copy(row, corner + k * paddedLine, into, at, run);
            at += run;
          }
        }
      }
    }

    /**
     * Adds up the parts of the neighbours, each of which sees its own cells of a patch.
     *
     * @param parts shape [neighbours filters x patch]
     * @return shape [kernel height x kernel width channels x filters]
     */
    INDArray ofAllPlaces(INDArray parts) {
      long seen = (long) shape.kernelWidth() * shape.channels();
      INDArray all = parts.reshape('c', neighbours, shape.filters(), shape.kernelHeight(), run);
      INDArray sum = Nd4j.zeros(DataType.FLOAT, shape.filters(), shape.kernelHeight(), seen);
      for (int n = 0; n < neighbours; n++) {
        long first = (long) n * shape.channels();
        sum.addi(
            all.get(
                NDArrayIndex.point(n),
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.interval(first, first + seen)));
      }
      return sum.permute(1, 2, 0).dup('c');
    }
  }

  /** A dozen numbers, for which a loop is faster than the system's copy. */
  private static void copy(float[] from, int first, float[] into, int at, int length) {
    for (int i = 0; i < length; i++) {
      into[at + i] = from[first + i];
    }
  }
}
