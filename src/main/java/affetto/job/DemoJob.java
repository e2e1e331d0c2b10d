package affetto.job;

import affetto.fault.BadInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * The whole pipeline on synthetic speech: makes four corpora, ingests, sweeps, trains by parameter
 * averaging, publishes, evaluates on speakers that training never heard, and scores a recording of
 * a speaker who is in no corpus.
 *
 * <p>Everything lies in the workspace: {@code corpora}, {@code warehouse}, {@code store}, {@code
 * strangers}, {@code scores} and {@code demo.json}. It may be run again in the same workspace: the
 * features that are there are kept, and a further version of the model is published.
 *
 * <pre>{@code
 * submit/affetto demo --workspace affetto-demo
 * }</pre>
 */
public final class DemoJob {

  private static final int STAGES = 6;

  private final Progress progress;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  private DemoJob(Progress progress) {
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @throws BadInputException if the workspace cannot be written
   */
  public static DemoResult run(SparkSession spark, DemoSpec spec, Progress progress) {
    return new DemoJob(progress).run(spark, new DemoPlan(spec));
  }

  private DemoResult run(SparkSession spark, DemoPlan plan) {
    int clips =
        timed(
            "synth",
            () -> {
              SynthJob.run(plan.strangers());
              return SynthJob.run(plan.corpora());
            });
    progress.say(
        "synth: %d clips of synthetic speech in %s".formatted(clips, plan.corpora().out()));
    IngestResult ingested = timed("ingest", () -> IngestJob.run(spark, plan.ingest(), progress));
    SweepResult swept = timed("sweep", () -> SweepJob.run(spark, plan.sweep(), progress));
    TrainResult trained = timed("train", () -> TrainJob.run(spark, plan.train(), progress));
    EvaluateResult evaluated =
        timed("evaluate", () -> EvaluateJob.run(spark, plan.evaluate(trained.model()), progress));
    ScoreResult scored =
        timed("score", () -> ScoreJob.run(spark, plan.score(trained.model()), progress));
    return plan.write(ingested, swept, evaluated, scored, seconds);
  }

  private <T> T timed(String stage, Supplier<T> work) {
    progress.say("== %d of %d: %s".formatted(seconds.size() + 1, STAGES, stage));
    long start = System.nanoTime();
    T result = work.get();
    seconds.put(stage, (System.nanoTime() - start) / 1e9);
    return result;
  }
}
