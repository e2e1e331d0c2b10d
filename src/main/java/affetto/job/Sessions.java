package affetto.job;

import affetto.machine.Cuda;
import affetto.machine.GpuUse;
import affetto.machine.OneDnn;
import affetto.train.DevicePlugin;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The one place that starts Spark, so that every job runs under the same settings. */
public final class Sessions {

  private static final String SERIALIZER = "spark.serializer";
  private static final String JAVA = "org.apache.spark.serializer.JavaSerializer";
  private static final String PLUGINS = "spark.plugins";

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String DEFAULT_OPTIONS = "spark.executor.defaultJavaOptions";

  private static final String WHY_JAVA =
      "Kryo knows neither ND4J's arrays nor Java's records, and Deeplearning4j refuses it";

  private Sessions() {}

  /** {@link #open(String, Map)} with nothing but what spark-submit says. */
  public static SparkSession open(String name) {
    return open(name, Map.of());
  }

  /** {@link #open(String, Map, Progress)}, which says nothing. */
  public static SparkSession open(String name, Map<String, String> settings) {
    return open(name, settings, Progress.SILENT);
  }

  /**
   * The running session, or a new one. What spark-submit or a system property {@code spark.*} says
   * goes before our defaults, and {@code settings} before both.
   *
   * @param name what the cluster's pages show
   * @param settings Spark's own keys: {@code spark.master}
   * @param progress is told what of the cluster's settings does not hold
   */
  public static SparkSession open(String name, Map<String, String> settings, Progress progress) {
    SparkConf conf = new SparkConf();
    settings.forEach(conf::set);
    String theirs = conf.get(SERIALIZER, JAVA);
    complete(conf, name);
    if (!theirs.equals(JAVA)) {
      progress.say("%s is %s here, not %s: %s".formatted(SERIALIZER, JAVA, theirs, WHY_JAVA));
    }
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    Committers.set(spark.sparkContext().hadoopConfiguration());
    spark.sparkContext().setLogLevel("WARN");
    return spark;
  }

  /** Fills in what nobody has set. */
  static SparkConf complete(SparkConf conf, String name) {
    OneDnn.byDefault(System.getProperties());
    conf.setIfMissing("spark.app.name", name);
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.sql.parquet.compression.codec", "zstd");
    conf.setIfMissing("spark.sql.parquet.columnarReaderBatchSize", "256");
    conf.setIfMissing("spark.sql.debug.maxToStringFields", "400");
    // Trainings side by side share the task slots.
    conf.setIfMissing("spark.scheduler.mode", "FAIR");
    // Times mean the same on every machine.
    conf.setIfMissing("spark.sql.session.timeZone", "UTC");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.sql.shuffle.partitions", "16");
      // One process has nobody to wait for, and Spark's local mode asks only once: the tasks of a
      // file on HDFS would wait for ever in a stage that has cached rows, too.
      conf.setIfMissing("spark.locality.wait", "0s");
      // A worker's numbers would go through a socket from the process to itself.
      conf.setIfMissing("spark.task.maxDirectResultSize", "64m");
    } else {
      conf.set(
          EXECUTOR_OPTIONS,
          OneDnn.forExecutors(conf.get(EXECUTOR_OPTIONS, ""), conf.get(DEFAULT_OPTIONS, "")));
    }
    // Whatever the cluster's defaults are: see WHY_JAVA.
    conf.set(SERIALIZER, JAVA);
    Committers.set(conf);
    Redaction.set(conf);
    readyForGpus(conf);
    return conf;
  }

  /** A GPU must be fixed before ND4J loads, where there may be one. */
  private static void readyForGpus(SparkConf conf) {
    if (Cuda.onClassPath() || GpuUse.named(conf.get(GpuUse.KEY, GpuUse.DEFAULT)) != GpuUse.NEVER) {
      append(conf, PLUGINS, DevicePlugin.class.getName());
    }
  }

  private static void append(SparkConf conf, String key, String name) {
    String names = conf.get(key, "");
    if (!names.contains(name)) {
      conf.set(key, names.isEmpty() ? name : names + "," + name);
    }
  }
}
