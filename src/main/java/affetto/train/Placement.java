package affetto.train;

import affetto.machine.GpuRules;
import affetto.machine.GpuUse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ExecutorResourceRequests;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.ResourceProfileManager;
import org.apache.spark.resource.TaskResourceProfile;
import org.apache.spark.resource.TaskResourceRequests;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Which executors train, and how many threads each worker has there.
 *
 * <p>On GPUs a worker has an executor and its GPU to itself. Where every executor has a GPU, only
 * the training's tasks ask for it, so that features are extracted on all cores; where executors
 * come and go, those with a GPU are started for training alone.
 *
 * @param profile of the training's stage; empty for what all stages have
 * @param threads that a worker's operations may use
 */
record Placement(Optional<ResourceProfile> profile, int threads) {

  private static final String RESOURCE = "gpu";
  private static final String CORES = "spark.executor.cores";
  private static final String TASK_CORES = "spark.task.cpus";

  /**
   * By Spark's settings, which {@link GpuRules} has found to go together.
   *
   * @param workers of all trainings side by side
   */
  static Placement of(JavaSparkContext spark, int workers, TrainingWatch watch) {
    SparkConf conf = spark.getConf();
    if (onGpus(spark) && !conf.contains(GpuRules.EXECUTOR_AMOUNT)) {
      return new Placement(Optional.of(known(spark, executor(conf))), cores(conf));
    }
    int cores = coresOfAnExecutor(spark);
    if (onGpus(spark)) {
      return conf.contains(GpuRules.TASK_AMOUNT)
          ? new Placement(Optional.empty(), cores)
          : new Placement(Optional.of(known(spark, task(conf))), cores);
    }
    if (spark.isLocal() && cores < workers) {
      watch.note("%d workers take turns on %d cores".formatted(workers, cores));
    }
    return new Placement(Optional.empty(), threads(spark, workers, cores));
  }

  /** To want GPUs is not to have them: without any, executors are as they are for all else. */
  private static boolean onGpus(JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    return !spark.isLocal()
        && GpuUse.named(conf.get(GpuUse.KEY, GpuUse.DEFAULT)) != GpuUse.NEVER
        && (conf.contains(GpuRules.EXECUTOR_AMOUNT) || conf.contains(GpuRules.TRAINING_AMOUNT));
  }

  /**
   * How many workers can train at the same time: by the limit that is set where executors come and
   * go, else by those that are there now; none where they are to come for training alone and no
   * limit is set.
   */
  static int slots(JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    if (onGpus(spark)) {
      // One of those that are there is the driver.
      return conf.contains(GpuRules.EXECUTOR_AMOUNT)
          ? spark.sc().statusTracker().getExecutorInfos().length - 1
          : limit(conf).orElse(0);
    }
    int there =
        executors(spark).stream()
            .mapToInt(executor -> executor.totalCores() / taskCores(spark))
            .sum();
    OptionalInt limit = comeAndGo(spark) ? limit(conf) : OptionalInt.empty();
    return limit.isEmpty()
        ? there
        : Math.max(there, limit.getAsInt() * (coresOfAnExecutor(spark) / taskCores(spark)));
  }

  /** Whether executors come and go with the work. */
  static boolean comeAndGo(JavaSparkContext spark) {
    return !spark.isLocal() && spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
  }

  private static OptionalInt limit(SparkConf conf) {
    String most = "spark.dynamicAllocation.maxExecutors";
    return conf.contains(most) ? OptionalInt.of(conf.getInt(most, 0)) : OptionalInt.empty();
  }

  /** Those that run tasks: in a single process the driver, whose cores are the master's. */
  static List<ExecutorSummary> executors(JavaSparkContext spark) {
    return JavaConverters.seqAsJavaList(spark.sc().statusStore().executorList(true)).stream()
        .filter(executor -> spark.isLocal() || !executor.id().equals("driver"))
        .toList();
  }

  /** The RDD, computed where this says. */
  <T> JavaRDD<T> at(JavaRDD<T> rdd) {
    return profile.map(rdd::withResources).orElse(rdd);
  }

  /** The profile of the executors that the training's tasks run on. */
  int executorsOf(JavaSparkContext spark) {
    boolean dynamic = comeAndGo(spark);
    return profile
        .filter(own -> dynamic || !(own instanceof TaskResourceProfile))
        .map(ResourceProfile::id)
        .orElse(ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID());
  }

  /** How many workers an executor of so many cores can run side by side, at least 1. */
  int places(JavaSparkContext spark, int cores) {
    return onGpus(spark) ? 1 : Math.max(1, cores / taskCores(spark));
  }

  /** An equal profile would get executors of its own: a second training takes the first one's. */
  private static synchronized ResourceProfile known(
      JavaSparkContext spark, ResourceProfileBuilder wanted) {
    ResourceProfile profile = wanted.build();
    ResourceProfileManager profiles = spark.sc().resourceProfileManager();
    Option<ResourceProfile> known = profiles.getEquivalentProfile(profile);
    if (known.isDefined()) {
      return known.get();
    }
    profiles.addResourceProfile(profile);
    return profile;
  }

  private static int cores(SparkConf conf) {
    return conf.getInt(CORES, 1);
  }

  private static ResourceProfileBuilder task(SparkConf conf) {
    int cores = conf.contains(CORES) ? cores(conf) : conf.getInt(TASK_CORES, 1);
    return new ResourceProfileBuilder()
        .require(new TaskResourceRequests().cpus(cores).resource(RESOURCE, 1));
  }

  private static ResourceProfileBuilder executor(SparkConf conf) {
    return task(conf)
        .require(
            new ExecutorResourceRequests()
                .cores(cores(conf))
                .resource(RESOURCE, 1, conf.get(GpuRules.TRAINING_SCRIPT, ""), vendor(conf)));
  }

  /** Kubernetes names a resource by its vendor. */
  private static String vendor(SparkConf conf) {
    return conf.get("spark.master", "").startsWith("k8s://") ? "nvidia.com" : "";
  }

  /** So many that the workers which one executor runs side by side do not trample each other. */
  private static int threads(JavaSparkContext spark, int workers, int scheduled) {
    int slots = scheduled / taskCores(spark);
    int executors = promised(spark.getConf());
    int meeting = Math.min((workers + executors - 1) / executors, slots);
    int cores = spark.isLocal() ? Runtime.getRuntime().availableProcessors() : scheduled;
    return Math.max(1, cores / Math.max(1, meeting));
  }

  /**
   * How many executors the workers are spread over, 1 where the settings do not tell. By these and
   * not by who is there: sums of floats depend on the threads, and a model is not to depend on when
   * an executor came. It still may on a standalone cluster of unlike machines where {@code
   * spark.executor.cores} is not set: the fewest cores of those that are there decide.
   */
  static int promised(SparkConf conf) {
    String master = conf.get("spark.master", "");
    // Standalone clusters know no number of executors, and elsewhere it is a beginning for those
    // that come and go.
    boolean fixed =
        (master.startsWith("yarn") || master.startsWith("k8s://"))
            && !conf.getBoolean("spark.dynamicAllocation.enabled", false);
    return fixed ? Math.max(1, conf.getInt("spark.executor.instances", 1)) : 1;
  }

  /** Without the setting, a standalone cluster's executors have all cores of their machines. */
  private static int coresOfAnExecutor(JavaSparkContext spark) {
    return !spark.isLocal() && spark.getConf().contains(CORES)
        ? cores(spark.getConf())
        : executors(spark).stream().mapToInt(ExecutorSummary::totalCores).min().orElse(1);
  }

  private static int taskCores(JavaSparkContext spark) {
    return spark.getConf().getInt(TASK_CORES, 1);
  }
}
