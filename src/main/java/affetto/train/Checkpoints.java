package affetto.train;

import java.util.Optional;

/** Where a training's states are kept, so that a training that was killed can go on. */
public interface Checkpoints {

  /** Keeps nothing: every training begins at its beginning. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<TrainingState> last() {
          return Optional.empty();
        }

        @Override
        public void save(TrainingState state, boolean last) {}
      };

  /** What to go on from; empty to begin. Asked once, before the first epoch. */
  Optional<TrainingState> last();

  /**
   * Takes the state after an epoch.
   *
   * @param last whether the training ends with it
   */
  void save(TrainingState state, boolean last);
}
