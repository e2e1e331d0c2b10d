package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.model.InputSpec;
import affetto.model.NetworkSpec;
import affetto.model.Networks;
import affetto.model.Optimizer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trainings that go on from each of their states must come to the same end. */
class ResumedTrainingTest {

  private final List<Example> rows = TestData.rows(90, 1);
  private final List<Example> held = TestData.rows(45, 2);

  private TrainingOutcome train(NetworkSpec network, TrainingSpec spec, Checkpoints checkpoints) {
    int size = network.input().size();
    return new LocalTrainer(filled(rows, size), filled(held, size), 1)
        .train(network, spec, checkpoints, TestData.watch());
  }

  /** The same rows, their values repeated until there are so many. */
  private static List<Example> filled(List<Example> rows, int size) {
    return rows.stream()
        .map(
            row -> {
              float[] values = new float[size];
              for (int i = 0; i < size; i++) {
                values[i] = row.values()[i % TestData.FEATURES];
              }
              return new Example(row.clip(), row.target(), values);
            })
        .toList();
  }

  private void goesOnFromEverywhere(NetworkSpec network, TrainingSpec spec, int epochs) {
    KeptStates kept = new KeptStates();
    TrainingOutcome whole = train(network, spec, kept);
    assertThat(kept.states()).hasSize(epochs);
    for (TrainingState state : kept.states()) {
      KeptStates further = new KeptStates(state);
      TrainingOutcome resumed = train(network, spec, further);
      assertThat(further.states()).hasSize(epochs - state.epoch());
      assertThat(TestData.same(resumed, whole)).as("from epoch %d", state.epoch()).isTrue();
      assertThat(resumed.bestEpoch()).isEqualTo(whole.bestEpoch());
      assertThat(TestData.losses(resumed)).isEqualTo(TestData.losses(whole));
      assertThat(resumed.network().graph().getConfiguration().toJson())
          .isEqualTo(whole.network().graph().getConfiguration().toJson());
    }
  }

  @Test
  void adamDropoutClippingAndAPlateauThatBitesGoOn() {
    TrainingSpec spec = new TrainingSpec(6, 1, 16, 4, 5e-2, 0.5, 1, 0, true, 3);
    goesOnFromEverywhere(TestData.network(), spec, 6);
  }

  /**
   * As spectrograms are trained: how rows are changed depends on the epoch, and so does the rate.
   */
  @Test
  void oneCycleAndPerturbedRowsGoOn() {
    TrainingSpec spec = oneCycle(true);
    NetworkSpec network = spectrograms();
    goesOnFromEverywhere(network, spec, 5);
    TrainingSpec still = oneCycle(false);
    assertThat(
            TestData.same(
                train(network, spec, Checkpoints.NONE), train(network, still, Checkpoints.NONE)))
        .as("perturbed rows make a difference")
        .isFalse();
  }

  private static TrainingSpec oneCycle(boolean perturbed) {
    return new TrainingSpec(
        5,
        1,
        16,
        4,
        EngineKind.RESIDENT,
        2e-3,
        1,
        2,
        0,
        true,
        ScheduleKind.ONE_CYCLE,
        perturbed,
        3);
  }

  /** A little logmel-attention. */
  private static NetworkSpec spectrograms() {
    NetworkSpec recipe = TestData.network();
    return new NetworkSpec(
        Networks.LOGMEL_ATTENTION,
        new InputSpec(20, 16, true),
        recipe.classes(),
        recipe.optimizer(),
        recipe.learningRate(),
        recipe.clipNorm(),
        0.1,
        true,
        recipe.seed());
  }

  @Test
  void plainGradientDescentHasNoStateButItsSteps() {
    NetworkSpec network = TestData.network().withOptimizer(Optimizer.SGD);
    goesOnFromEverywhere(network, TestData.training(3, 1, 16, 2), 3);
  }

  /** The best network is from before the interruption, and the end comes when it would have. */
  @Test
  void earlyStoppingRemembersTheBestEpochAndStopsWhenItWouldHave() {
    TrainingSpec spec = new TrainingSpec(40, 1, 16, 1, 1e-2, 1, 2, 3, false, 3);
    KeptStates kept = new KeptStates();
    TrainingOutcome whole = train(TestData.network(), spec, kept);
    assertThat(whole.epochs()).hasSizeLessThan(40).hasSize(whole.bestEpoch() + 3);
    assertThat(kept.isOver()).isTrue();
    goesOnFromEverywhere(TestData.network(), spec, whole.epochs().size());
  }

  @Test
  void moreEpochsAreAsIfTheyHadBeenAskedForAtOnce() {
    KeptStates kept = new KeptStates();
    train(TestData.network(), TestData.training(2, 1, 16, 2), kept);
    TrainingOutcome longer =
        train(TestData.network(), TestData.training(4, 1, 16, 2), new KeptStates(kept.newest()));
    TrainingOutcome atOnce =
        train(TestData.network(), TestData.training(4, 1, 16, 2), Checkpoints.NONE);
    assertThat(TestData.same(longer, atOnce)).isTrue();
  }

  @Test
  void aNewLearningRateHoldsFromThereOn() {
    KeptStates kept = new KeptStates();
    train(TestData.network(), TestData.training(2, 1, 16, 2), kept);
    TrainingSpec gentler = new TrainingSpec(3, 1, 16, 2, 1e-5, 0.4, 2, 0, true, 3);
    TrainingOutcome outcome = train(TestData.network(), gentler, new KeptStates(kept.newest()));
    assertThat(outcome.epochs()).extracting(EpochReport::learningRate).endsWith(1e-3, 1e-5);
  }

  @Test
  void anotherNetworksStateIsRefused() {
    KeptStates kept = new KeptStates();
    train(TestData.network(), TestData.training(1, 1, 16, 2), kept);
    NetworkSpec other = TestData.network().withOptimizer(Optimizer.SGD);
    assertThatThrownBy(
            () -> train(other, TestData.training(2, 1, 16, 2), new KeptStates(kept.newest())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the optimizer has 0 numbers");
  }
}
