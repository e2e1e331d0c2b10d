package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.feature.FeatureMatrix;
import org.junit.jupiter.api.Test;

class InputSpecTest {
  private final InputSpec input = new InputSpec(3, 2, true);

  private static FeatureMatrix clip(float... values) {
    return new FeatureMatrix(values, values.length / 2, 2);
  }

  @Test
  void takesTheMeanOfEachBandOff() {
    assertThat(input.prepare(clip(1, 10, 3, 30)).values()).containsExactly(-1, -10, 1, 10);
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
