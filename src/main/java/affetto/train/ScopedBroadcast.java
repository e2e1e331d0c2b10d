package affetto.train;

import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A broadcast for as long as a block lasts.
 *
 * <p>To destroy one fails where Spark has been stopped meanwhile, say because a cluster has killed
 * the application. In a {@code finally} that would take the place of the fault that tells why; here
 * it is suppressed by it.
 *
 * @param broadcast what tasks are given
 * @param end gets rid of it
 */
public record ScopedBroadcast<T>(Broadcast<T> broadcast, Consumer<Broadcast<T>> end)
    implements AutoCloseable {

  /** Sends a value, and destroys it at the end. */
  public static <T> ScopedBroadcast<T> of(JavaSparkContext spark, T value) {
    return new ScopedBroadcast<>(spark.broadcast(value), Broadcast::destroy);
  }

  @Override
  public void close() {
    end.accept(broadcast);
  }
}
