package affetto.train;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Gets rid of what was broadcast for a round: nobody else would until a garbage collection, and
 * every round sends a copy of the network.
 *
 * <p>Spark removes a destroyed broadcast in its own time, and once more as soon as it is garbage;
 * where the two meet, it warns of a block that does not exist. So the last ones are kept in reach.
 */
final class RoundBroadcasts {
  private static final int KEPT = 2;

  private final Deque<Broadcast<?>> leaving = new ArrayDeque<>();

  /** Sends a value for a round. */
  <T> ScopedBroadcast<T> of(JavaSparkContext spark, T value) {
    return new ScopedBroadcast<>(spark.broadcast(value), this::destroy);
  }

  /** Destroys one whose round is over. */
  private void destroy(Broadcast<?> broadcast) {
    broadcast.destroy();
    leaving.add(broadcast);
    if (leaving.size() > KEPT) {
      leaving.remove();
    }
  }
}
