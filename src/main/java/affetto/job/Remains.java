package affetto.job;

import java.time.Instant;
import java.util.Optional;

/** What a training has left in the store beside the model that it made. */
interface Remains {

  /** Nothing: a baseline is trained in one go. */
  Remains NONE =
      new Remains() {
        @Override
        public Optional<Instant> lastSaved() {
          return Optional.empty();
        }

        @Override
        public String afterRefusal() {
          return "nothing of it is kept, as a baseline has no checkpoints";
        }

        @Override
        public void discard() {
          // There is nothing.
        }
      };

  /** When the state was kept from which this training went on, if it had nothing left to do. */
  Optional<Instant> lastSaved();

  /** How to use what was trained but not published, for a message. */
  String afterRefusal();

  /** The model is published: what was left has done its duty. */
  void discard();
}
