package affetto.monitor;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.metrics.source.Source;
import scala.collection.JavaConverters;

/**
 * What the driver measures of a run, in Spark's metrics system under the name {@code affetto}, from
 * where every sink of Spark's takes it.
 *
 * <table>
 * <caption>Measurements</caption>
 * <tr><td>clips</td><td>read, decoded, computed or scored so far, while it happens; a task that is
 * tried again counts again</td></tr>
 * <tr><td>clips_per_second</td><td>of the stage that runs, or else of the last one</td></tr>
 * <tr><td>rows</td><td>written so far</td></tr>
 * <tr><td>rejects</td><td>files and clips that could not be taken</td></tr>
 * <tr><td>averaging_rounds</td><td>of trainings so far</td></tr>
 * <tr><td>waiting_for_input</td><td>share of the workers' time in the last epoch, 0 to 1</td></tr>
 * </table>
 */
public final class Meters implements Source {

  private static final String NAME = "affetto";

  private final MetricRegistry registry = new MetricRegistry();
  private final List<Count> running = new CopyOnWriteArrayList<>();
  private final AtomicLong clips = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong rejects = new AtomicLong();
  private final AtomicLong rounds = new AtomicLong();
  private volatile double lastRate;
  private volatile double waiting;

  private Meters() {
    gauge("clips", () -> clips.get() + running.stream().mapToLong(Count::soFar).sum());
    gauge("clips_per_second", this::rate);
    gauge("rows", rows::get);
    gauge("rejects", rejects::get);
    gauge("averaging_rounds", rounds::get);
    gauge("waiting_for_input", () -> waiting);
  }

  private void gauge(String name, Gauge<?> gauge) {
    registry.register(name, gauge);
  }

  /** Those of a context; every call for the same one returns the same. */
  public static Meters of(SparkContext context) {
    synchronized (context) {
      return JavaConverters.seqAsJavaList(context.env().metricsSystem().getSourcesByName(NAME))
          .stream()
          .filter(Meters.class::isInstance)
          .map(Meters.class::cast)
          .findFirst()
          .orElseGet(() -> registered(context));
    }
  }

  private static Meters registered(SparkContext context) {
    Meters meters = new Meters();
    context.env().metricsSystem().registerSource(meters);
    return meters;
  }

  @Override
  public String sourceName() {
    return NAME;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  /**
   * Works, and counts clips meanwhile.
   *
   * @param done how many there are so far, such as an accumulator of the stage's
   * @param nanos a clock
   * @return what the work returns
   */
  public <T> T counting(LongSupplier done, LongSupplier nanos, Supplier<T> work) {
    Count count = new Count(done, nanos, done.getAsLong(), nanos.getAsLong());
    running.add(count);
    try {
      return work.get();
    } finally {
      running.remove(count);
      clips.addAndGet(count.soFar());
      lastRate = count.rate();
    }
  }

  /** So many rows have been written. */
  public void wrote(long more) {
    rows.addAndGet(more);
  }

  /** So many files or clips could not be taken. */
  public void rejected(long more) {
    rejects.addAndGet(more);
  }

  /** Workers have been averaged so often. */
  public void averaged(long more) {
    rounds.addAndGet(more);
  }

  /**
   * An epoch is over.
   *
   * @param share of the workers' time that they waited for input, 0 to 1
   */
  public void waited(double share) {
    waiting = share;
  }

  private double rate() {
    double now = running.stream().mapToDouble(Count::rate).sum();
    return now > 0 ? now : lastRate;
  }

  /** A stage whose clips are counted. */
  private record Count(LongSupplier done, LongSupplier nanos, long before, long start) {

    long soFar() {
      return done.getAsLong() - before;
    }

    double rate() {
      return soFar() / Math.max(1e-9, (nanos.getAsLong() - start) / 1e9);
    }
  }
}
