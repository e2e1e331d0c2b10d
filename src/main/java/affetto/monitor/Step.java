package affetto.monitor;

import org.apache.spark.SparkContext;

/**
 * What Spark's pages call the work that a thread starts: {@code ingest: decode 120 clips of
 * ravdess}. The part before the colon is the jobs' group.
 */
public final class Step {

  private static final String GROUP = "spark.jobGroup.id";

  private Step() {}

  /** What follows on this thread, and on those that it starts, belongs to this command. */
  public static void within(SparkContext context, String command) {
    context.setJobGroup(command, command, false);
  }

  /** What follows on this thread is this step of its command. */
  public static void begin(SparkContext context, String what) {
    String command = context.getLocalProperty(GROUP);
    context.setJobDescription(command == null ? what : command + ": " + what);
  }
}
