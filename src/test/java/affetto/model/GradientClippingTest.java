package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** With plain gradient descent at rate 1 a step is the gradient, so that its length can be seen. */
class GradientClippingTest {
  private static final double CLIP = 0.25;

  /** The length of the first step of each layer with parameters, on rows far too large. */
  private static double longestStep(double clipNorm) {
    NetworkSpec spec =
        new NetworkSpec(
            Networks.RECIPE_CNN,
            new InputSpec(1, 20, false),
            3,
            Optimizer.SGD,
            1,
            clipNorm,
            0,
            true,
            1);
    EmotionNetwork network = EmotionNetwork.create(spec);
    INDArray before = network.graph().params().dup();
    INDArray features = Nd4j.linspace(-300, 300, 80).castTo(before.dataType());
    INDArray labels =
        Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}});
    network.graph().fit(new DataSet(features.reshape('c', 4, 1, 20, 1), labels));
    EmotionNetwork old = EmotionNetwork.create(spec);
    old.graph().setParams(before);
    double longest = 0;
    for (int i = 0; i < network.graph().getNumLayers(); i++) {
      longest = Math.max(longest, distance(network.graph().getLayer(i), old.graph().getLayer(i)));
    }
    return longest;
  }

  private static double distance(Layer one, Layer other) {
    double squares = 0;
    for (Map.Entry<String, INDArray> parameter : one.paramTable().entrySet()) {
      double norm =
          parameter.getValue().sub(other.getParam(parameter.getKey())).norm2Number().doubleValue();
      squares += norm * norm;
    }
    return Math.sqrt(squares);
  }

  @Test
  void noLayersStepIsLongerThanTheNorm() {
    assertThat(longestStep(CLIP)).isBetween(0.9 * CLIP, 1.001 * CLIP);
    assertThat(longestStep(0)).isGreaterThan(4 * CLIP);
  }
}
