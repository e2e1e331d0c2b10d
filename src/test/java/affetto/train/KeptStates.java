package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checkpoints of one training in memory. */
final class KeptStates implements Checkpoints {
  private final TrainingState from;
  private final List<TrainingState> states = new ArrayList<>();
  private boolean over;

  KeptStates() {
    this(null);
  }

  KeptStates(TrainingState from) {
    this.from = from;
  }

  @Override
  public Optional<TrainingState> last() {
    return Optional.ofNullable(from);
  }

  @Override
  public void save(TrainingState state, boolean last) {
    assertThat(over).as("whether the training was over before").isFalse();
    over = last;
    states.add(state);
  }

  boolean isOver() {
    return over;
  }

  List<TrainingState> states() {
    return states;
  }

  TrainingState newest() {
    return states.get(states.size() - 1);
  }
}
