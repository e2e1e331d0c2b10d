package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.model.EmotionNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunawayCheckTest {

  private final RunawayCheck check = new RunawayCheck(3);
  private final EmotionNetwork network = EmotionNetwork.create(TestData.network());

  private static LossSum loss(double mean) {
    return LossSum.NONE.plus(mean, 32);
  }

  private static List<EpochReport> before(double... losses) {
    List<EpochReport> reports = new ArrayList<>();
    for (double loss : losses) {
      reports.add(
          new EpochReport(
              reports.size() + 1, 9, loss, OptionalDouble.empty(), 1e-3, 1, 0, 0, 1, "cpu"));
    }
    return reports;
  }

  @Test
  void learningBadlyIsNoRunaway() {
    double guessing = Math.log(3);
    assertThat(check.sign(loss(9), network, before())).as("first steps").isEmpty();
    assertThat(check.sign(loss(7), network, before(9))).as("coming to rest").isEmpty();
    assertThat(check.sign(loss(guessing), network, before(9, 0.1))).as("forgotten").isEmpty();
    assertThat(check.sign(loss(0.9), network, before(0.1))).as("rough").isEmpty();
    assertThat(check.sign(loss(2), network, before(0.9, 1.2))).as("rougher").isEmpty();
  }

  @Test
  void worseThanGuessingAndThanItWasIs() {
    assertThat(check.sign(loss(2.3), network, before(1.3, 0.5, 0.6)))
        .contains("the loss is 2.30, after 0.50, where guessing has 1.10");
    assertThat(check.sign(loss(9), network, before(4))).isPresent();
  }

  @Test
  void soAreNumbersThatAreNone() {
    assertThat(check.sign(loss(1).plus(Double.NaN, 32), network, before()))
        .contains("the loss is not a number");
    assertThat(check.sign(loss(1).plus(1e30, 32), network, before()))
        .contains("the loss is not a number");
    network.graph().params().putScalar(7, Float.NaN);
    assertThat(check.sign(loss(1), network, before())).contains("a parameter is not a number");
  }

  @Test
  void soIsAnOptimizerThatIsFullOfThem() {
    network.graph().getUpdater().getStateViewArray().putScalar(7, Float.POSITIVE_INFINITY);
    assertThat(check.sign(loss(1), network, before())).contains("a parameter is not a number");
  }

  /** The states that are kept are from before. */
  @Test
  void aTrainingThatRunsAwayLeavesItsLastGoodState() {
    KeptStates good = new KeptStates();
    List<Example> rows = TestData.rows(96, 1);
    new LocalTrainer(rows, List.of(), 1)
        .train(TestData.network(), TestData.training(2, 1, 16, 1), good, TestData.watch());
    KeptStates kept = new KeptStates(good.newest());
    TrainingSpec wild = new TrainingSpec(9, 1, 16, 1, 5, 1, 2, 0, true, 3);
    assertThatThrownBy(
            () ->
                new LocalTrainer(rows, List.of(), 1)
                    .train(TestData.network(), wild, kept, TestData.watch()))
        .isInstanceOfSatisfying(
            DivergedException.class,
            fault -> {
              assertThat(fault.learningRate()).isEqualTo(5);
              assertThat(fault.epoch()).isEqualTo(kept.states().size() + 3);
            })
        .hasMessageContaining("at learning rate 5.0: the loss is ");
    TrainingState left = kept.states().isEmpty() ? good.newest() : kept.newest();
    assertThat(left.epoch()).isEqualTo(kept.states().size() + 2);
    for (float parameter : left.parameters()) {
      assertThat(parameter).isFinite();
    }
  }
}
