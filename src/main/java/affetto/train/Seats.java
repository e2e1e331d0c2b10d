package affetto.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;

/**
 * Which executor keeps which worker's rows.
 *
 * <p>Left alone, Spark has the rows dealt by whoever is there first, and whoever has computed them
 * keeps them: an executor with a single slot may hold the rows of all workers, which then take
 * turns there, or wait {@code spark.locality.wait} in every round before they go elsewhere and
 * fetch them.
 *
 * <p>Trainings side by side seat the workers of all, and each takes its own: they come to the same
 * arrangement without a word, since it follows from the executors that are there.
 *
 * @param executors all that are there, by id
 * @param everyone the executor of each worker of all trainings; empty where Spark may choose
 * @param lane whose workers these seats are for
 */
record Seats(Map<String, Seat> executors, List<Seat> everyone, Lane lane) {

  /** Where Spark chooses, as in a single process. */
  static final Seats ANY = new Seats(Map.of(), List.of(), Lane.ALONE);

  private static final String PATIENCE = "spark.scheduler.maxRegisteredResourcesWaitingTime";

  /** Executors that come later get their share at the next epoch. */
  private static final String USUAL_PATIENCE = "10s";

  private static final long LOOK_MILLIS = 50;

  /** Longer than executors that come and go must be missed before Spark asks for them. */
  private static final long NAP_MILLIS = 1500;

  /**
   * An executor.
   *
   * @param places how many workers it can run side by side
   */
  record Seat(String executor, String host, int places) {

    /** As Spark's scheduler takes the place that a task prefers. */
    String location() {
      return "executor_%s_%s".formatted(host, executor);
    }
  }

  Seats {
    executors = Map.copyOf(executors);
    everyone = List.copyOf(everyone);
  }

  /**
   * Waits a while until there are places for the workers of all trainings, and gives each one.
   *
   * @param workers of this training; those beside it have as many
   * @param watch is told where there are too few
   */
  static Seats take(
      JavaSparkContext spark, Placement placement, int workers, Lane lane, TrainingWatch watch) {
    long end = watch.clock().nanoTime() + patienceNanos(spark);
    Map<String, Seat> there = there(spark, placement);
    int all = workers * lane.lanes();
    while (places(there) < all && watch.clock().nanoTime() < end) {
      pause(spark, placement, workers);
      there = there(spark, placement);
    }
    if (places(there) < all) {
      watch.note(
          "%d workers take turns in %d places of %d executors"
              .formatted(all, places(there), there.size()));
    }
    return new Seats(there, arrange(there, all, List.of()), lane);
  }

  /** The same if no executor has come or gone; else workers keep their places if they can. */
  Seats renewed(JavaSparkContext spark, Placement placement) {
    if (everyone.isEmpty()) {
      return this;
    }
    return among(there(spark, placement));
  }

  /** The same among those executors that are there now. */
  Seats among(Map<String, Seat> there) {
    if (there.equals(executors) || there.isEmpty()) {
      return this;
    }
    // Trainings side by side have not seen the same executors come and go: none remembers.
    List<Seat> before = lane.lanes() > 1 ? List.of() : everyone;
    return new Seats(there, arrange(there, everyone.size(), before), lane);
  }

  /** The executor of each worker of this training; empty where Spark may choose. */
  List<Seat> byWorker() {
    int workers = everyone.size() / lane.lanes();
    return everyone.subList(lane.number() * workers, (lane.number() + 1) * workers);
  }

  /** As evenly as the executors' places allow. Nobody moves who need not. */
  static List<Seat> arrange(Map<String, Seat> there, int workers, List<Seat> before) {
    List<Seat> seats = new ArrayList<>(there.values());
    if (seats.isEmpty()) {
      return List.of();
    }
    seats.sort(
        Comparator.comparing((Seat seat) -> seat.executor().length())
            .thenComparing(Seat::executor));
    Map<Seat, Integer> taken = new LinkedHashMap<>();
    seats.forEach(seat -> taken.put(seat, 0));
    int share = (workers + seats.size() - 1) / seats.size();
    Seat[] arranged = new Seat[workers];
    for (int worker = 0; worker < before.size(); worker++) {
      Seat old = before.get(worker);
      if (taken.containsKey(old) && taken.get(old) < Math.min(share, old.places())) {
        arranged[worker] = old;
        taken.merge(old, 1, Integer::sum);
      }
    }
    for (int worker = 0; worker < workers; worker++) {
      if (arranged[worker] == null) {
        // First those with room, and of these who has the least.
        Seat next =
            seats.stream()
                .min(
                    Comparator.comparing((Seat seat) -> taken.get(seat) >= seat.places())
                        .thenComparing(taken::get))
                .orElseThrow();
        arranged[worker] = next;
        taken.merge(next, 1, Integer::sum);
      }
    }
    return List.of(arranged);
  }

  /** What a partition's task prefers. */
  List<String> location(int worker) {
    return everyone.isEmpty() ? List.of() : List.of(byWorker().get(worker).location());
  }

  private static int places(Map<String, Seat> there) {
    return there.values().stream().mapToInt(Seat::places).sum();
  }

  private static long patienceNanos(JavaSparkContext spark) {
    return spark.getConf().getTimeAsMs(PATIENCE, USUAL_PATIENCE) * 1_000_000;
  }

  /** Executors of the training's kind that are alive now. */
  private static Map<String, Seat> there(JavaSparkContext spark, Placement placement) {
    return Placement.executors(spark).stream()
        .filter(executor -> !executor.isExcluded())
        .filter(executor -> executor.resourceProfileId() == placement.executorsOf(spark))
        .map(executor -> seat(executor, placement.places(spark, executor.totalCores())))
        .collect(Collectors.toMap(Seat::executor, seat -> seat, (one, other) -> one, TreeMap::new));
  }

  private static Seat seat(ExecutorSummary executor, int places) {
    return new Seat(executor.id(), host(executor.hostPort()), places);
  }

  /**
   * The host of Spark's {@code host:port}. An executor has no port until its blocks have an
   * address.
   */
  static String host(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    // IPv6 stands in brackets.
    return colon > hostPort.lastIndexOf(']') ? hostPort.substring(0, colon) : hostPort;
  }

  /** Executors that come and go come for those who queue. */
  private static void pause(JavaSparkContext spark, Placement placement, int workers) {
    if (Placement.comeAndGo(spark)) {
      List<Integer> queue = IntStream.range(0, workers).boxed().toList();
      placement.at(spark.parallelize(queue, workers).map(Seats::nap)).collect();
    } else {
      sleep(LOOK_MILLIS);
    }
  }

  private static Integer nap(Integer worker) {
    sleep(NAP_MILLIS);
    return worker;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for executors", e);
    }
  }
}
