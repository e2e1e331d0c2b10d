package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LocalTrainerTest {

  private static TrainingOutcome train(List<Example> rows, List<Example> held, TrainingSpec spec) {
    return new LocalTrainer(rows, held, 1).train(TestData.network(), spec, TestData.watch());
  }

  @Test
  void learns() {
    TrainingOutcome outcome =
        train(TestData.rows(300, 1), TestData.rows(90, 2), TestData.training(6, 1, 32, 1));
    assertThat(outcome.epochs()).hasSize(6);
    assertThat(outcome.epochs().get(5).loss()).isLessThan(outcome.epochs().get(0).loss() / 2);
    assertThat(outcome.epochs().get(5).validationUar().getAsDouble()).isGreaterThan(0.7);
    assertThat(outcome.bestEpoch()).isEqualTo(6);
  }

  @Test
  void isAPureFunctionOfRowsAndSeedWhateverTheirOrder() {
    List<Example> rows = TestData.rows(64, 1);
    List<Example> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(4));
    TrainingSpec spec = TestData.training(1, 1, 16, 1);
    assertThat(TestData.same(train(shuffled, List.of(), spec), train(rows, List.of(), spec)))
        .isTrue();
  }

  @Test
  void keepsTheBestEpochAndStopsWhenNothingGetsBetter() {
    List<Example> rows = TestData.rows(96, 1);
    // Labels turned round: what is learnt makes the validation worse.
    List<Example> wrong =
        TestData.rows(60, 2).stream()
            .map(
                e ->
                    Example.of(
                        e.clip(), (e.label() + 1) % TestData.CLASSES, TestData.CLASSES, e.values()))
            .toList();
    TrainingSpec spec = new TrainingSpec(30, 1, 16, 1, 1e-3, 1, 2, 2, false, 3);
    TrainingOutcome outcome = train(rows, wrong, spec);
    assertThat(outcome.epochs()).hasSizeLessThan(30).hasSize(outcome.bestEpoch() + 2);
    TrainingSpec untilBest =
        new TrainingSpec(outcome.bestEpoch(), 1, 16, 1, 1e-3, 1, 2, 0, false, 3);
    assertThat(TestData.same(outcome, train(rows, wrong, untilBest))).isTrue();
  }

  @Test
  void saysWhenEarlyStoppingIsOff() {
    List<String> notes = new ArrayList<>();
    List<EpochReport> reports = new ArrayList<>();
    TrainingWatch watch = TrainingWatch.telling(System::nanoTime, reports::add, notes::add);
    TrainingSpec spec = new TrainingSpec(1, 1, 16, 1, 1e-3, 1, 2, 5, false, 3);
    new LocalTrainer(TestData.rows(16, 1), List.of(), 1).train(TestData.network(), spec, watch);
    assertThat(notes)
        .containsExactly(
            "no validation rows: early stopping is off, the last epoch's parameters are kept");
    assertThat(reports.get(0).line()).startsWith("epoch 1/1: loss 1.").contains("no validation");
  }

  @Test
  void stopsWhenTheLossIsNoNumber() {
    TrainingSpec spec = new TrainingSpec(3, 1, 8, 1, 1e30, 1, 2, 0, false, 3);
    assertThatThrownBy(() -> train(TestData.rows(64, 1), List.of(), spec))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("epoch 1 at learning rate 1.0E30: the loss is not a number");
  }
}
