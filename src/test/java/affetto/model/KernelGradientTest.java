package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

class KernelGradientTest {
  private static final int SAME_PADDING = 1;
  private static final int NHWC = 1;

  static Stream<Arguments> blocks() {
    return Stream.of(
        Arguments.of(ConvBlock.along(1, 6, 5, 5, 2).shape(), 3, 1, 17),
        Arguments.of(ConvBlock.along(2, 6, 4, 5, 2).shape(), 3, 1, 17),
        Arguments.of(ConvBlock.normalised(1, 4, 2, 2).shape(), 2, 7, 9),
        Arguments.of(ConvBlock.stem(4, 5).shape(), 2, 20, 6),
        Arguments.of(ConvBlock.stem(4, 5).shape(), 2, 21, 6),
        Arguments.of(ConvBlock.stem(2, 16).shape(), 2, 208, 32),
        // So many rows that they do not fit into one piece of the matrix.
        Arguments.of(ConvBlock.stem(4, 5).shape(), 11, 320, 16));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void isWhatNd4jsOperationGives(ConvBlock.Shape shape, int rows, int height, int width) {
    Nd4j.getRandom().setSeed(3);
    INDArray cells = Nd4j.randn(DataType.FLOAT, rows, height, width, shape.channels());
    INDArray above =
        Nd4j.randn(
            DataType.FLOAT, rows, ConvBlock.ceilDiv(height, shape.step()), width, shape.filters());
    INDArray expected = kernels(shape);
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d_bp")
            .addIntegerArguments(
                shape.kernelHeight(),
                shape.kernelWidth(),
                shape.step(),
                1,
                0,
                0,
                1,
                1,
                SAME_PADDING,
                NHWC,
                0)
            .addInputs(cells, kernels(shape), above)
            .addOutputs(Nd4j.create(DataType.FLOAT, cells.shape()), expected)
            .build());
    INDArray actual = kernels(shape);
    new KernelGradient(shape).compute(cells, above, actual);
    double size = expected.norm2Number().doubleValue();
    assertThat(actual.sub(expected).norm2Number().doubleValue() / size).isCloseTo(0, within(1e-5));
  }

  private static INDArray kernels(ConvBlock.Shape shape) {
    return Nd4j.create(
        DataType.FLOAT,
        shape.kernelHeight(),
        shape.kernelWidth(),
        shape.channels(),
        shape.filters());
  }
}
