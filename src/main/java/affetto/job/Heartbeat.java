package affetto.job;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says every few seconds how far a running stage is, whenever that has changed. */
final class Heartbeat {

  private static final long PERIOD_SECONDS = 3;

  private final Progress progress;
  private final Supplier<String> line;
  private String last = "";

  private Heartbeat(Progress progress, Supplier<String> line) {
    this.progress = progress;
    this.line = line;
  }

  /**
   * Works, says meanwhile how far it is, and says it once more at the end.
   *
   * @param line called on a thread of its own
   * @return what the work returns
   */
  static <T> T during(Progress progress, Supplier<String> line, Supplier<T> work) {
    Heartbeat heartbeat = new Heartbeat(progress, line);
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "affetto-progress");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> beats =
        clock.scheduleWithFixedDelay(
            heartbeat::beat, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    try {
      T result = work.get();
      heartbeat.beat();
      return result;
    } finally {
      beats.cancel(false);
      clock.shutdownNow();
    }
  }

  private synchronized void beat() {
    String now = line.get();
    if (!now.equals(last)) {
      last = now;
      progress.say(now);
    }
  }
}
