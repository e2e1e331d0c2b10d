package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.feature.FeatureMatrix;
import org.junit.jupiter.api.Test;

class InputSpecTest {
  private final InputSpec input = new InputSpec(3, 2, true);

  private static FeatureMatrix clip(float... values) {
    return new FeatureMatrix(values, values.length / 2, 2);
  }

  @Test
  void takesTheMeanOfEachBandOff() {
    assertThat(input.prepare(clip(1, 10, 3, 30))).containsExactly(-1, -10, 1, 10);
  }

  @Test
  void aLevelledInputHasTheMeansBeforeTheFrames() {
    InputSpec levelled = new InputSpec(3, 2, 0, true, true);
    float[] prepared = levelled.prepare(clip(1, 10, 3, 30));
    assertThat(prepared).containsExactly(2, 20, -1, -10, 1, 10);
    assertThat(levelled.framesOf(prepared)).isEqualTo(2);
    assertThat(levelled.size()).isEqualTo(8);
    assertThat(levelled.fit(clip(2, 20, -1, -10).values()))
        .containsExactly(2, 20, 0, 0, -1, -10, 0, 0);
    assertThat(levelled.fit(clip(9, 9, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5).values()))
        .containsExactly(9, 9, 2, 2, 3, 3, 4, 4);
    assertThat(levelled.fit(levelled.prepare(clip()))).containsOnly(0).hasSize(8);
    assertThatThrownBy(() -> new InputSpec(3, 2, 0, false, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void longClipsGiveTheirMiddle() {
    assertThat(input.fit(clip(1, 1, 2, 2, 3, 3, 4, 4, 5, 5).values()))
        .containsExactly(2, 2, 3, 3, 4, 4);
  }

  @Test
  void shortClipsStandInTheMiddleOfZeros() {
    assertThat(input.fit(clip(7, 8).values())).containsExactly(0, 0, 7, 8, 0, 0);
    assertThat(input.fit(new float[0])).containsOnly(0);
  }
}
