package affetto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import affetto.feature.FeatureMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureScalerTest {

  private static float[] row(float... values) {
    return values;
  }

  private static FeatureMatrix matrix(float... values) {
    return new FeatureMatrix(values, 1, values.length);
  }

  @Test
  void meanAndDeviationOfThePopulation() {
    FeatureScaler scaler =
        new FeatureScaler.Fit(2).add(row(1, 10)).add(row(3, 10)).add(row(5, 10)).scaler();
    assertThat(scaler.mean()).containsExactly(3.0, 10.0);
    assertThat(scaler.deviation().get(0)).isCloseTo(Math.sqrt(8.0 / 3), within(1e-12));
    assertThat(scaler.scale(matrix(3, 11))).containsExactly(0, 1);
  }

  @Test
  void framesOfAMatrixCountOneByOne() {
    FeatureScaler scaler = new FeatureScaler.Fit(1).add(row(0, 0, 0)).add(row(4)).scaler();
    assertThat(scaler.mean()).containsExactly(1.0);
    assertThat(scaler.deviation().get(0)).isCloseTo(Math.sqrt(3), within(1e-12));
  }

  /** Levels 2 and 6 of one band, in front of frames whose mean is 0. */
  @Test
  void theHeadIsScaledByItself() {
    float[] one = row(2, -1, 1);
    float[] other = row(6, -3, 3, -3, 3);
    FeatureScaler scaler =
        new FeatureScaler.Fit(1, 1).add(one).merge(new FeatureScaler.Fit(1, 1).add(other)).scaler();
    assertThat(scaler.mean()).containsExactly(4.0, 0.0);
    assertThat(scaler.deviation().get(0)).isCloseTo(2, within(1e-12));
    assertThat(scaler.deviation().get(1)).isCloseTo(Math.sqrt(38 / 6.0), within(1e-12));
    float three = (float) (3 / Math.sqrt(38 / 6.0));
    assertThat(scaler.scale(other, 1)).containsExactly(1, -three, three, -three, three);
    assertThatThrownBy(() -> scaler.scale(matrix(0, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the scaler has 2 features, the clip 3");
  }

  @Test
  void isTheSameToTheLastBitHoweverRowsAreParted() {
    Random random = new Random(1);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      float wild = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6));
      rows.add(row(wild, 1e6f + random.nextFloat()));
    }
    FeatureScaler.Fit whole = new FeatureScaler.Fit(2);
    rows.forEach(whole::add);
    Collections.shuffle(rows, random);
    FeatureScaler.Fit first = new FeatureScaler.Fit(2);
    FeatureScaler.Fit second = new FeatureScaler.Fit(2);
    rows.subList(0, 123).forEach(second::add);
    rows.subList(123, 500).forEach(first::add);
    assertThat(first.merge(second).scaler()).isEqualTo(whole.scaler());
  }

  @Test
  void aConstantThatNoFloatCanHoldIsStillConstant() {
    FeatureScaler.Fit fit = new FeatureScaler.Fit(1);
    for (int i = 0; i < 100; i++) {
      fit.add(row(i % 2 == 0 ? 0.1f : Math.nextUp(0.1f)));
    }
    assertThat(fit.scaler().deviation()).containsExactly(1.0);
  }

  @Test
  void refusesWhatItCannotScale() {
    assertThatThrownBy(() -> new FeatureScaler.Fit(1).scaler())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new FeatureScaler.Fit(1).add(row(Float.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> new FeatureScaler.Fit(1).add(row(1)).scaler().scale(matrix(1, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FeatureScaler.Fit(1, 2).add(row(1, 2, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 values are not 1 and frames of 2");
  }
}
