package affetto.job;

import affetto.baseline.Baseline;
import affetto.fault.BadInputException;
import affetto.model.NetworkSpec;
import affetto.monitor.Step;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.train.Lane;
import affetto.train.ParameterAveragingTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Trains one model for each fold and seed, as many side by side as there are task slots for, each
 * in a fair pool of Spark's scheduler.
 *
 * <p>In and out are {@link TrainJob}'s; every training publishes a version of its own under one
 * name. One that fails takes none of the others with it. What is resumed leaves published versions
 * of the same settings, recordings and number of rows alone, goes on with those that have a
 * checkpoint, and begins the rest.
 *
 * <pre>{@code
 * submit/affetto train --warehouse /data/warehouse --store /data/store \
 *     --feature-set recipe-162 --network recipe-cnn --protocol strict --folds all
 * }</pre>
 */
public final class TrainFoldsJob {
  private final SparkSession spark;
  private final TrainSpec base;
  private final FoldsSpec folds;
  private final boolean resume;
  private final Progress progress;
  private final Division division;

  private TrainFoldsJob(
      SparkSession spark, TrainSpec base, FoldsSpec folds, boolean resume, Progress progress) {
    this.spark = spark;
    this.base = base;
    this.folds = folds;
    this.resume = resume;
    this.progress = line -> say(progress, line);
    this.division = Division.look(spark, base.at(1, base.training().seed()));
  }

  /**
   * Runs it.
   *
   * @param base settings of every training; its fold gives way, its seed where others are given
   * @param resume whether to go on where such a job was killed
   * @throws BadInputException if there is no such fold, or the warehouse lacks the features; what
   *     is wrong with a single training is in the result
   */
  public static FoldsResult run(
      SparkSession spark, TrainSpec base, FoldsSpec folds, boolean resume, Progress progress) {
    long start = System.nanoTime();
    if (!base.safety().mustBeat().isEmpty()) {
      throw new BadInputException(
          "must-beat %s: a model has learnt from the test rows of every fold but its own; train"
                  .formatted(base.safety().mustBeat())
              + " a single --fold to compare with it");
    }
    MachineCheck.run(spark, progress);
    TrainFoldsJob job = new TrainFoldsJob(spark, base, folds, resume, progress);
    List<FoldsResult.Done> done = new ArrayList<>();
    List<FoldsResult.Failed> failed = new ArrayList<>();
    job.run(done, failed);
    return new FoldsResult(
        done, failed, job.division.protocol().description(), (System.nanoTime() - start) / 1e9);
  }

  /** Trainings speak one at a time. */
  private static void say(Progress progress, String line) {
    synchronized (progress) {
      progress.say(line);
    }
  }

  /** Every fold with every seed. */
  private List<TrainSpec> trainings() {
    int most = division.splitEntry().folds();
    List<Integer> wanted = folds.folds().isEmpty() ? oneTo(most) : folds.folds();
    if (wanted.get(wanted.size() - 1) > most) {
      throw new BadInputException(
          "folds are from 1 to %d under protocol %s, not %d"
              .formatted(most, base.protocol(), wanted.get(wanted.size() - 1)));
    }
    List<Long> seeds = folds.seeds().isEmpty() ? List.of(base.training().seed()) : folds.seeds();
    return wanted.stream()
        .flatMap(fold -> seeds.stream().map(seed -> base.at(fold, seed)))
        .toList();
  }

  private static List<Integer> oneTo(int most) {
    return IntStream.rangeClosed(1, most).boxed().toList();
  }

  private void run(List<FoldsResult.Done> done, List<FoldsResult.Failed> failed) {
    List<TrainSpec> trainings = trainings();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int room =
        folds.parallel() > 0
            ? folds.parallel()
            : ParameterAveragingTrainer.roomFor(context, base.training().workers());
    int sideBySide = Math.min(room, trainings.size());
    progress.say("%d trainings, %d side by side".formatted(trainings.size(), sideBySide));
    // A baseline has no checkpoints; of several, those that are not published begin anew.
    boolean goOn = resume && Baseline.named(base.network()).isEmpty();
    Lock publishing = new ReentrantLock();
    Queue<Course> free = new ConcurrentLinkedQueue<>();
    for (int number = 0; number < sideBySide; number++) {
      free.add(new Course(goOn, false, new Lane(number, sideBySide), publishing));
    }
    ExecutorService threads = Executors.newFixedThreadPool(sideBySide);
    try {
      List<Future<FoldsResult.Done>> running =
          trainings.stream().map(spec -> threads.submit(training(spec, free))).toList();
      for (int i = 0; i < running.size(); i++) {
        TrainSpec spec = trainings.get(i);
        try {
          done.add(running.get(i).get());
        } catch (ExecutionException e) {
          failed.add(new FoldsResult.Failed(spec.fold(), spec.training().seed(), e.getCause()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trainings were running", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * One of them.
   *
   * @param free a course for each thread; a training takes one and gives it back
   */
  private Callable<FoldsResult.Done> training(TrainSpec spec, Queue<Course> free) {
    int fold = spec.fold();
    long seed = spec.training().seed();
    String name =
        folds.seeds().size() > 1 ? "fold %d, seed %d".formatted(fold, seed) : "fold " + fold;
    Progress own = line -> progress.say(name + ": " + line);
    return () -> {
      Optional<ModelManifest> there = resume ? published(spec, own) : Optional.empty();
      if (there.isPresent()) {
        own.say("is published already, as " + there.get().reference());
        return new FoldsResult.Done(fold, seed, there.get().reference(), there.get().scores());
      }
      SparkContext context = spark.sparkContext();
      context.setLocalProperty("spark.scheduler.pool", name);
      Step.within(context, "train %s, %s".formatted(spec.name(), name));
      Course course = free.remove();
      try {
        TrainResult result = TrainJob.run(spark, spec, course, own);
        own.say("published " + result.model());
        return new FoldsResult.Done(fold, seed, result.model(), result.scores());
      } catch (Throwable e) {
        own.say("failed: " + e.getMessage());
        throw e;
      } finally {
        free.add(course);
      }
    };
  }

  private Optional<ModelManifest> published(TrainSpec spec, Progress own) {
    NetworkSpec network =
        Baseline.named(spec.network())
            .map(baseline -> BaselineTraining.network(baseline, spec, division))
            .orElseGet(() -> Training.network(spec, division));
    ModelStore store = new ModelStore(spec.store(), spark.sparkContext().hadoopConfiguration());
    return Published.newest(store, spec, division, network, own);
  }
}
