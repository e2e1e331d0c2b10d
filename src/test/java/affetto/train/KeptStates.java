package affetto.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checkpoints in memory. */
final class KeptStates implements Checkpoints {
  private final TrainingState from;
  private final List<TrainingState> states = new ArrayList<>();

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
    states.add(state);
  }

  List<TrainingState> states() {
    return states;
  }

  TrainingState newest() {
    return states.get(states.size() - 1);
  }
}
