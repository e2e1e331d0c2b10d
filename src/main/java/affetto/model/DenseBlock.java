package affetto.model;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A fully connected layer with ReLU. Deeplearning4j's own multiplies matrices across the order they
 * lie in, and goes forward a second time on the way back.
 *
 * <p>Input is [rows x size], or anything else with as many values a row; output [rows x units].
 *
 * <p>Saved networks name this class and its properties: neither can be renamed.
 */
public final class DenseBlock extends OwnLayer {
  static final String WEIGHTS = "W";
  static final String BIAS = "b";

  @JsonProperty private int size;
  @JsonProperty private int units;

  /** For Jackson. */
  DenseBlock() {}

  /**
   * @param size values of a row
   * @param units outputs
   */
  DenseBlock(int size, int units) {
    this.size = size;
    this.units = units;
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.addWeightParam(WEIGHTS, size, units);
    params.addBiasParam(BIAS, units);
  }

  /** Glorot's uniform weights; biases zero. */
  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    initWeights(size, units, WeightInit.XAVIER_UNIFORM, params.get(WEIGHTS));
    params.get(BIAS).assign(0.0);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (inputType.arrayElementsPerExample() != size) {
      throw new IllegalStateException(
          "layer %d wants %d values a row, not %s".formatted(layerIndex, size, inputType));
    }
    return InputType.feedForward(units);
  }

  @Override
  SameDiffLayer atRunTime(NeuralNetConfiguration conf, DataType dataType) {
    return new DenseBlockLayer(conf, dataType);
  }
}
