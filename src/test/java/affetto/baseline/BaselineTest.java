package affetto.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.fault.BadInputException;
import affetto.feature.FeatureSets;
import affetto.model.NetworkSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {

  @ParameterizedTest
  @ValueSource(strings = {"recipe-162", "prosody", "spectral"})
  void takesScalars(String features) {
    for (Baseline baseline : Baseline.values()) {
      NetworkSpec spec = baseline.network(FeatureSets.named(features), 6, 7);
      assertThat(spec.id()).isEqualTo(baseline.id());
      assertThat(spec.input().size()).isEqualTo(FeatureSets.named(features).names().size());
      assertThat(spec.classes()).isEqualTo(6);
      assertThat(spec.seed()).isEqualTo(7);
    }
  }

  @Test
  void refusesMatricesInOneLine() {
    assertThatThrownBy(() -> Baseline.FOREST.network(FeatureSets.named("logmel-64"), 6, 7))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "network 'mllib-forest' takes a vector of scalars, but feature set 'logmel-64' gives a"
                + " matrix of frames and bands; recipe-162, prosody and spectral give scalars");
  }

  @Test
  void isFoundByItsIdAlone() {
    assertThat(Baseline.ids()).containsExactly("mllib-logistic", "mllib-forest");
    assertThat(Baseline.named("mllib-logistic")).contains(Baseline.LOGISTIC);
    assertThat(Baseline.named("recipe-cnn")).isEmpty();
  }

  @Test
  void onlyTheLogisticRegressionHasAChoiceOfRegularisation() {
    BaselineSpec spec = new BaselineSpec(List.of(0.1, 1.0), 2, 3, 4);
    assertThat(Baseline.LOGISTIC.choices(spec))
        .containsExactly(
            new BaselineSpec(List.of(0.1), 2, 3, 4), new BaselineSpec(List.of(1.0), 2, 3, 4));
    assertThat(Baseline.FOREST.choices(spec)).containsExactly(spec);
  }

  @Test
  void partitionsFollowFromTheRowsAlone() {
    assertThat(List.of(1L, 8192L, 8193L, 1_000_000L))
        .extracting(TrainingRows::partitions)
        .containsExactly(1, 1, 2, 123);
  }
}
