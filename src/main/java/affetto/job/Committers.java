package affetto.job;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/**
 * How the files that tasks have written become a table: by the committer that fits the table's URI.
 * To {@code s3a:} goes the magic committer, for which nothing is seen until the job is done and
 * nothing is ever renamed; to {@code file:} and {@code hdfs:} Hadoop's own, which renames. A user
 * cannot choose another: every other one loses rows, or shows halves, somewhere.
 */
final class Committers {

  /** Hands Spark's commits to the committer that Hadoop makes for a URI. */
  private static final Map<String, String> BRIDGE =
      Map.of(
          "spark.sql.sources.commitProtocolClass",
          "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol",
          "spark.sql.parquet.output.committer.class",
          "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter");

  private static final String HADOOP = "spark.hadoop.";
  private static final String FOR_EVERY_URI = "mapreduce.outputcommitter.factory.class";

  /** Which committer Hadoop makes. Set for a job, the name goes before any set for a bucket. */
  private static final Map<String, String> BY_URI =
      Map.of(
          "mapreduce.outputcommitter.factory.scheme.s3a",
          "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory",
          "fs.s3a.committer.name",
          "magic",
          "fs.s3a.committer.magic.enabled",
          "true",
          // A task's files become visible with the job, not before.
          "mapreduce.fileoutputcommitter.algorithm.version",
          "1");

  private Committers() {}

  /** Settings of a session to come. */
  static void set(SparkConf conf) {
    BRIDGE.forEach(conf::set);
    BY_URI.forEach((key, value) -> conf.set(HADOOP + key, value));
    conf.remove(HADOOP + FOR_EVERY_URI);
  }

  /** What files of Hadoop's settings, or a session that ran before, may have set otherwise. */
  static void set(Configuration hadoop) {
    BY_URI.forEach(hadoop::set);
    hadoop.unset(FOR_EVERY_URI);
  }
}
