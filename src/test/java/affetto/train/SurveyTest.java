package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.feature.FeatureMatrix;
import affetto.model.InputSpec;
import org.junit.jupiter.api.Test;

class SurveyTest {
  private final InputSpec input = new InputSpec(1, 1, false);

  private static FeatureMatrix row(float value) {
    return new FeatureMatrix(new float[] {value}, 1, 1);
  }

  @Test
  void weightsMakeClassesEqualAndRowsOneOnTheMean() {
    Survey survey = new Survey(3, input).add(0, row(1)).add(0, row(2)).add(0, row(3));
    survey.merge(new Survey(3, input).add(2, row(6)));
    assertThat(survey.rows()).isEqualTo(4);
    assertThat(survey.classWeights()).containsExactly(4.0 / 6, 1.0, 2.0);
    assertThat(survey.scaler().mean()).containsExactly(3.0);
  }
}
