package affetto.evaluation;

import static affetto.corpus.Emotion.ANGRY;
import static affetto.corpus.Emotion.CALM;
import static affetto.corpus.Emotion.SAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import affetto.corpus.Emotion;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void uarWeighsClassesAndAccuracyWeighsRows() {
    ConfusionMatrix matrix = new ConfusionMatrix(List.of(ANGRY, SAD));
    for (int i = 0; i < 90; i++) {
      matrix.add(ANGRY, ANGRY);
    }
    for (int i = 0; i < 10; i++) {
      matrix.add(SAD, i < 2 ? SAD : ANGRY);
    }
    Metrics metrics = Metrics.of(matrix);

    assertThat(metrics.uar()).isEqualTo((1.0 + 0.2) / 2, within(1e-12));
    assertThat(metrics.accuracy()).isEqualTo(0.92, within(1e-12));
    // F1 = 2 right / (support + predicted): angry 180/188, sad 4/12.
    assertThat(metrics.macroF1()).isEqualTo((180.0 / 188 + 4.0 / 12) / 2, within(1e-12));
    assertThat(metrics.chance()).isEqualTo(0.5);
    assertThat(metrics.rows()).isEqualTo(100);
    assertThat(metrics.perClass().get(1).precision()).isEqualTo(1.0);
  }

  @Test
  void classesWithoutRowsCountInNoMean() {
    ConfusionMatrix matrix = new ConfusionMatrix(List.of(ANGRY, CALM, SAD));
    matrix.add(ANGRY, ANGRY).add(SAD, CALM);
    Metrics metrics = Metrics.of(matrix);

    assertThat(metrics.uar()).isEqualTo(0.5);
    assertThat(metrics.chance()).isEqualTo(0.5);
    assertThat(metrics.perClass()).hasSize(3);
    assertThat(metrics.perClass().get(1).support()).isZero();
  }

  @Test
  void anEmptyMatrixIsAllZero() {
    Metrics metrics = Metrics.of(new ConfusionMatrix(List.of(ANGRY, SAD)));
    assertThat(metrics.uar()).isZero();
    assertThat(metrics.rows()).isZero();
  }

  @Test
  void matricesMergeOnlyWithTheirLike() {
    ConfusionMatrix left = new ConfusionMatrix(List.of(ANGRY, SAD)).add(ANGRY, SAD);
    left.merge(new ConfusionMatrix(List.of(ANGRY, SAD)).add(ANGRY, SAD).add(SAD, SAD));
    assertThat(left.count(ANGRY, SAD)).isEqualTo(2);
    assertThat(left.total()).isEqualTo(3);
    assertThatThrownBy(() -> left.merge(new ConfusionMatrix(List.of(SAD, ANGRY))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> left.add(Emotion.HAPPY, SAD)).hasMessageContaining("happy");
  }
}
