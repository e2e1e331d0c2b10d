package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import affetto.feature.FeatureMatrix;
import affetto.model.InputSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurveyTest {
  private final InputSpec input = new InputSpec(1, 1, false);

  private static FeatureMatrix row(float value) {
    return new FeatureMatrix(new float[] {value}, 1, 1);
  }

  @Test
  void weightsMakeTheClassesOfACorpusEqualAndItsRowsOneOnTheMean() {
    Survey survey =
        new Survey(3, input)
            .add("tess", 0, row(1))
            .add("tess", 0, row(2))
            .add("ravdess", 0, row(3))
            .add("ravdess", 1, row(3));
    survey.merge(new Survey(3, input).add("tess", 0, row(3)).add("tess", 2, row(6)));
    assertThat(survey.rows()).isEqualTo(6);
    assertThat(survey.classWeights().byCorpus())
        .containsOnly(
            entry("ravdess", List.of(1.0, 1.0, 1.0)), entry("tess", List.of(4.0 / 6, 1.0, 2.0)));
    assertThat(survey.classWeights().of("tess", 2)).isEqualTo(2);
    assertThat(survey.classWeights().of("savee", 2)).isEqualTo(1);
    assertThat(survey.scaler().mean()).containsExactly(3.0);
  }
}
