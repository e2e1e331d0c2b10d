package affetto.bench;

import affetto.feature.FeatureSets;
import affetto.job.Sessions;
import affetto.model.NetworkSpec;
import affetto.model.Networks;
import affetto.train.Checkpoints;
import affetto.train.Clock;
import affetto.train.EngineKind;
import affetto.train.EpochReport;
import affetto.train.Example;
import affetto.train.LocalTrainer;
import affetto.train.ParameterAveragingTrainer;
import affetto.train.Regimen;
import affetto.train.TrainingSpec;
import affetto.train.TrainingWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple3;

/**
 * Trains on command, for {@code src/bench/averaging.sh}: reads {@code NETWORK ENGINE WORKERS
 * FREQUENCY STEPS}, where the engine may be {@code local}, trains an epoch to warm up and one that
 * counts, of so many steps of one worker, and answers {@code rows/s R waiting SHARE apart MS
 * together MS bytes N}: the share of time without input, and of each round the milliseconds spent
 * apart and on averaging, and the bytes that travel to and from each worker.
 */
public final class AveragingWorker {
  private static final int CLASSES = 8;

  private AveragingWorker() {}

  /** Task slots: the only argument. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> conf =
        Map.of(
            "spark.master",
            "local[%s]".formatted(arguments[0]),
            "spark.ui.enabled",
            "false",
            "spark.driver.host",
            "localhost");
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(Sessions.open("averaging", conf).sparkContext())) {
      System.out.println("ready");
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] words = line.split(" ", 5);
        System.out.println(
            run(
                spark,
                words[0],
                words[1],
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4])));
      }
    }
  }

  private static String run(
      JavaSparkContext spark, String id, String engine, int workers, int frequency, int steps) {
    Regimen usual = Regimen.of(id);
    String features = Networks.takesScalars(id) ? "recipe-162" : "logmel-64";
    NetworkSpec network =
        Networks.named(id, FeatureSets.named(features), CLASSES, usual.learningRate(), 1);
    boolean local = engine.equals("local");
    TrainingSpec training =
        new TrainingSpec(
            2,
            workers,
            usual.batchSize(),
            frequency,
            local ? EngineKind.RESIDENT : EngineKind.valueOf(engine.toUpperCase(Locale.ROOT)),
            usual.learningRate(),
            1,
            2,
            0,
            usual.classWeights(),
            usual.schedule(),
            usual.perturbed(),
            1);
    List<Example> rows = rows(steps * usual.batchSize(), network.input().size());
    Last last = new Last();
    long parameters =
        local
            ? new LocalTrainer(rows, List.of(), 1)
                .train(network, training, last)
                .network()
                .parameters()
            : new ParameterAveragingTrainer(
                    spark
                        .parallelize(
                            rows.stream()
                                .map(row -> new Tuple3<>(row.clip(), row.target(), row.values()))
                                .toList(),
                            workers)
                        .map(row -> new Example(row._1(), row._2(), row._3())),
                    List.of())
                .train(network, training, Checkpoints.NONE, last)
                .network()
                .parameters();
    EpochReport epoch = last.report;
    double rounds = Math.ceil(Math.ceil((double) steps / workers) / frequency);
    double each = 1e3 * rows.size() / epoch.rowsPerSecond() / rounds;
    return String.format(
        Locale.ROOT,
        "rows/s %.1f waiting %.4f apart %.1f together %.1f bytes %d",
        epoch.rowsPerSecond(),
        epoch.waitingShare(),
        each * (1 - epoch.idleShare()),
        each * epoch.idleShare(),
        2 * 3 * Float.BYTES * parameters);
  }

  private static List<Example> rows(int number, int size) {
    Random random = new Random(1);
    List<Example> rows = new ArrayList<>(number);
    for (int i = 0; i < number; i++) {
      float[] values = new float[size];
      for (int j = 0; j < size; j++) {
        values[j] = random.nextFloat() - 0.5f;
      }
      float[] target = new float[CLASSES];
      target[i % CLASSES] = 1;
      rows.add(new Example("clip-%06d".formatted(i), target, values));
    }
    return rows;
  }

  /** Keeps the last epoch's report. */
  private static final class Last implements TrainingWatch {
    private EpochReport report;

    @Override
    public Clock clock() {
      return System::nanoTime;
    }

    @Override
    public void epoch(EpochReport done) {
      report = done;
    }

    @Override
    public void note(String line) {}
  }
}
