package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.feature.FeatureSets;
import java.util.List;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class EmotionNetworkTest {

  /** So it reaches Spark's executors. */
  @Test
  void travelsAsItsFile() {
    NetworkSpec spec =
        Networks.named(Networks.RECIPE_CNN, FeatureSets.named("recipe-162"), 6, 1e-3, 5);
    EmotionNetwork network = EmotionNetwork.create(spec);
    EmotionNetwork arrived = SerializationUtils.roundtrip(network);
    assertThat(arrived).isNotSameAs(network);
    assertThat(arrived.input()).isEqualTo(network.input());
    assertThat(arrived.copyOfParameters()).isEqualTo(network.copyOfParameters());
    float[] row = new float[162];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) Math.sin(i);
    }
    assertThat(arrived.posteriors(List.of(row))).isDeepEqualTo(network.posteriors(List.of(row)));
  }
}
