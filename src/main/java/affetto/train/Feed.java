package affetto.train;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Hands out what is prepared step by step, each on another thread while the one before is in use.
 *
 * @param <T> what is prepared; nothing of ND4J, whose arrays belong to the device of their thread
 */
final class Feed<T> implements AutoCloseable {
  private final IntFunction<T> prepare;
  private final int to;
  private final ExecutorService thread;
  private int step;
  private Future<T> next;

  /** Prepares the steps from {@code from} to {@code to}, which is left out. */
  Feed(int from, int to, IntFunction<T> prepare) {
    this.prepare = prepare;
    this.to = to;
    this.step = from;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "minibatches");
              made.setDaemon(true);
              return made;
            });
    prepareNext();
  }

  private void prepareNext() {
    if (step < to) {
      int wanted = step++;
      next = thread.submit(() -> prepare.apply(wanted));
    } else {
      next = null;
    }
  }

  boolean hasNext() {
    return next != null;
  }

  /**
   * Waits for the next, and has the one after it prepared.
   *
   * @throws CancellationException if the thread is interrupted, as Spark does with tasks that it
   *     kills
   */
  T next() {
    try {
      T ready = next.get();
      prepareNext();
      return ready;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a minibatch");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a minibatch could not be prepared", e.getCause());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
