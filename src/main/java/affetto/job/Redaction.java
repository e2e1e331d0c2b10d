package affetto.job;

import org.apache.spark.SparkConf;

/** Which settings Spark hides wherever it shows settings: its pages, logs and event logs. */
final class Redaction {

  private static final String KEY = "spark.redaction.regex";

  /** Spark's own, and the names that S3A and its like give to what must not be seen. */
  private static final String SECRETS =
      "(?i)secret|password|passwd|token|credential|access[.]?key|account[.]?key|encryption[.]key"
          + "|fs[.]s3a[.][^=]*key";

  private Redaction() {}

  /** Hides what a user wants hidden, too, but never less than this. */
  static void set(SparkConf conf) {
    String own = conf.get(KEY, "");
    if (!own.contains(SECRETS)) {
      conf.set(KEY, own.isEmpty() ? SECRETS : SECRETS + "|(?:" + own + ")");
    }
  }
}
