package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.feature.FeatureSets;
import affetto.model.NetworkSpec;
import affetto.model.Networks;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;

class MinibatchesTest {
  private static final NetworkSpec NETWORK =
      Networks.named(Networks.LOGMEL_LEVELS, FeatureSets.named("logmel-64"), 8, 1e-3, 1);

  private static MultiDataSet minibatch(boolean perturbed) {
    TrainingSpec training =
        new TrainingSpec(
            1,
            1,
            2,
            1,
            EngineKind.RESIDENT,
            1e-3,
            1,
            2,
            0,
            false,
            ScheduleKind.ONE_CYCLE,
            perturbed,
            1);
    float[] clip = new float[64 + 130 * 64];
    Arrays.fill(clip, 0, 64, 7);
    Arrays.fill(clip, 64, clip.length, 1);
    Example row = Example.of("clip", 3, 8, clip);
    return Minibatches.of(NETWORK, training).of(List.of(row, row), 1, 0);
  }

  @Test
  void headsStandBesideWholeClips() {
    MultiDataSet batch = minibatch(false);
    assertThat(batch.getFeatures(0).shape()).containsExactly(2, 208, 64, 1);
    assertThat(batch.getFeatures(0).sumNumber().intValue()).isEqualTo(2 * 130 * 64);
    assertThat(batch.getFeatures(1).shape()).containsExactly(2, 64);
    assertThat(batch.getFeatures(1).toFloatMatrix()[1]).containsOnly(7);
    assertThat(batch.getLabels(0).getFloat(1, 3)).isEqualTo(1);
  }

  @Test
  void perturbedRowsAreOfTheSameSize() {
    MultiDataSet batch = minibatch(true);
    assertThat(batch.getFeatures(0).shape()).containsExactly(2, 208, 64, 1);
    assertThat(batch.getFeatures(0).sumNumber().intValue()).isBetween(64 * 130, 2 * 64 * 140);
    assertThat(batch.getFeatures(1).shape()).containsExactly(2, 64);
  }
}
