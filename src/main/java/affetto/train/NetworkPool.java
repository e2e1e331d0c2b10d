package affetto.train;

import affetto.model.EmotionNetwork;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Networks of one training that wait in an executor for its next round.
 *
 * <p>It is broadcast once, and each executor fills its own copy. What a network has learnt is none
 * of the pool's business: who takes one sets every number of it. So nothing is lost with an
 * executor, or where Spark drops the broadcast for want of memory, and when the broadcast is
 * destroyed, the networks go with it. Two tasks never have the same network.
 */
final class NetworkPool implements Serializable {
  private static final long serialVersionUID = 1L;

  private transient Deque<EmotionNetwork> idle;

  /** Takes one out, if one is idle. */
  synchronized Optional<EmotionNetwork> take() {
    return Optional.ofNullable(idle == null ? null : idle.poll());
  }

  /** Puts one in that nobody uses any more. */
  synchronized void give(EmotionNetwork network) {
    if (idle == null) {
      idle = new ArrayDeque<>();
    }
    idle.push(network);
  }
}
