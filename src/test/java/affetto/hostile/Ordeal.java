package affetto.hostile;

import affetto.archive.ArchiveException;
import affetto.audio.AudioException;
import affetto.corpus.UnparsableNameException;
import affetto.fault.BadInputException;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Feeds a reader with anybody's bytes. It may take them or refuse them with a reason in one line;
 * it may throw nothing else, allocate no more than its bound, and not compute for ever.
 */
public final class Ordeal {

  /** A hundred times what any small input takes, and no wall clock: machines are busy. */
  private static final double MOST_SECONDS = 20;

  private static final long HANGS_AFTER_SECONDS = 300;

  private static final Set<Class<?>> REASONS =
      Set.of(
          AudioException.class,
          ArchiveException.class,
          UnparsableNameException.class,
          BadInputException.class);

  private Ordeal() {}

  /** What is fed. */
  @FunctionalInterface
  public interface Reader {
    void read(byte[] bytes) throws Exception;
  }

  /**
   * Bytes that may be allocated in all, garbage included.
   *
   * @see Targets for those of our readers
   */
  @FunctionalInterface
  public interface Bound {
    long bytes(byte[] input);
  }

  /**
   * A reader under trial.
   *
   * @param ioException whether an IOException is a reason, too
   */
  public record Target(String name, Reader reader, Bound bound, boolean ioException) {}

  /** Runs it on a thread of its own, so that one that never ends is noticed. */
  static void passes(Target target, byte[] input) {
    CompletableFuture<Void> run = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                runHere(target, input);
                run.complete(null);
              } catch (Throwable e) {
                run.completeExceptionally(e);
              }
            },
            "ordeal of " + target.name());
    thread.setDaemon(true);
    thread.start();
    try {
      run.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(target.name() + ": " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      AssertionError error = new AssertionError(target.name() + " never ends");
      error.setStackTrace(thread.getStackTrace());
      throw error;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs it on the calling thread. */
  static void runHere(Target target, byte[] input) throws Exception {
    long bound = target.bound().bytes(input);
    // What goes over the bound may be the classes of a first call: then a second one keeps to it.
    long bytes = allocatedBy(target, input);
    if (bytes > bound) {
      bytes = allocatedBy(target, input);
    }
    if (bytes > bound) {
      throw new AssertionError(
          "%s allocated %d bytes for an input of %d, the bound is %d"
              .formatted(target.name(), bytes, input.length, bound));
    }
  }

  /** Reads it once; gives the bytes that this allocated. */
  private static long allocatedBy(Target target, byte[] input) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long time = threads.getCurrentThreadCpuTime();
    try {
      target.reader().read(input);
    } catch (Exception e) {
      boolean reason = REASONS.contains(e.getClass());
      if (!reason && !(target.ioException() && e instanceof IOException)) {
        throw e;
      }
      checkReason(target, e.getMessage());
    }
    double seconds = (threads.getCurrentThreadCpuTime() - time) / 1e9;
    if (seconds > MOST_SECONDS) {
      throw new AssertionError("%s computed for %.1f s".formatted(target.name(), seconds));
    }
    return threads.getCurrentThreadAllocatedBytes() - allocated;
  }

  private static void checkReason(Target target, String reason) {
    if (reason == null || reason.isBlank()) {
      throw new AssertionError(target.name() + " refuses without a reason");
    }
  }
}
