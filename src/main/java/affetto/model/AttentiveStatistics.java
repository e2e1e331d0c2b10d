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
 * Mean and deviation over time, weighted by an attention that a small network pays to each moment
 * (attentive statistics pooling; Okabe, Koshinaka and Shinoda, 2018).
 *
 * <p>Input [rows x time x width x channels]; what stands at one moment is one vector of width x
 * channels. Output [rows x 2 width channels]: means, then deviations.
 *
 * <p>Saved networks name this class and its properties: neither can be renamed.
 */
public final class AttentiveStatistics extends OwnLayer {
  static final String WEIGHTS = "W";
  static final String BIAS = "b";
  static final String SCORE = "s";

  @JsonProperty private int size;
  @JsonProperty private int hidden;

  /** For Jackson. */
  AttentiveStatistics() {}

  /**
   * @param size of the vector at one moment
   * @param hidden units of the network that pays attention
   */
  AttentiveStatistics(int size, int hidden) {
    this.size = size;
    this.hidden = hidden;
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.addWeightParam(WEIGHTS, size, hidden);
    params.addWeightParam(SCORE, hidden, 1);
    params.addBiasParam(BIAS, hidden);
  }

  /** Glorot's uniform weights; scores and biases zero: it begins with plain means. */
  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    initWeights(size, hidden, WeightInit.XAVIER_UNIFORM, params.get(WEIGHTS));
    params.get(SCORE).assign(0.0);
    params.get(BIAS).assign(0.0);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeConvolutional input)
        || input.getChannels() * input.getWidth() != size) {
      throw new IllegalStateException(
          "layer %d wants %d values a moment, not %s".formatted(layerIndex, size, inputType));
    }
    return InputType.feedForward(2L * size);
  }

  @Override
  SameDiffLayer atRunTime(NeuralNetConfiguration conf, DataType dataType) {
    return new AttentiveStatisticsLayer(conf, dataType);
  }
}
