package affetto.job;

import affetto.fault.BadInputException;
import affetto.monitor.Step;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Says of recordings what emotion a model hears in them.
 *
 * <p>In: a file, a folder or a glob, and a model of the store, or several to be asked together.
 * Out: {@link affetto.table.ScoreTable}, one row a file; an earlier table in the same folder is
 * replaced.
 *
 * <pre>{@code
 * submit/affetto score --store /data/store --model recipe-cnn --input /data/calls \
 *     --out /data/scores
 * }</pre>
 */
public final class ScoreJob {

  private ScoreJob() {}

  /**
   * Runs it.
   *
   * @throws BadInputException if there is no such model or input, the model was trained on features
   *     that this release does not compute, or the folder for the table holds other things
   */
  public static ScoreResult run(SparkSession spark, ScoreSpec spec, Progress progress) {
    long start = System.nanoTime();
    Step.within(spark.sparkContext(), "score");
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Panel panel = Panel.open(spec.store(), spec.models(), hadoop);
    List<String> files = ScoreInput.files(spec.input(), hadoop);
    ScoreInput.checkOut(spark, spec.out());
    progress.say("score %s: %d files".formatted(panel.reference(), files.size()));
    Step.begin(spark.sparkContext(), "%d files by %s".formatted(files.size(), panel.reference()));
    FileScoring scoring = new FileScoring(spark, spec, panel, progress);
    scoring.write(files);
    return scoring.result((System.nanoTime() - start) / 1e9);
  }
}
