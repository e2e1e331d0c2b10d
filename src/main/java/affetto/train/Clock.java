package affetto.train;

import java.io.Serializable;

/**
 * Nanoseconds from any origin, never backwards: {@code System::nanoTime}. It travels to executors,
 * and shows each its own time.
 */
@FunctionalInterface
public interface Clock extends Serializable {
  long nanoTime();
}
