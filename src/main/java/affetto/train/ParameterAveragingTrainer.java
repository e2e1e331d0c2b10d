package affetto.train;

import affetto.model.NetworkSpec;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Trains on Spark: workers side by side, whose parameters and optimizer states are averaged every
 * few minibatches, by one {@link Engine} or another.
 *
 * <p>The rows are dealt by a {@link Deal}, a function of seed and epoch alone, so that the result
 * depends neither on how the rows are partitioned nor on the engine, and no row is left over.
 *
 * <p>The task slots should be at least as many as the workers, else workers wait for each other.
 */
public final class ParameterAveragingTrainer implements Trainer {

  /**
   * Of a worker that has nobody to average with: to stop it costs a tenth of its time, but a lost
   * executor loses no more than this.
   */
  private static final int STEPS_ALONE = 500;

  private final JavaRDD<Example> rows;
  private final List<Example> validation;
  private final Lane lane;

  /**
   * One that has the executors to itself.
   *
   * @param rows to train on, in any order and any number of partitions, clips distinct
   * @param validation for early stopping, may be empty; held and scored by the driver
   */
  public ParameterAveragingTrainer(JavaRDD<Example> rows, List<Example> validation) {
    this(rows, validation, Lane.ALONE);
  }

  /**
   * One that shares them.
   *
   * @param rows as above
   * @param validation as above
   * @param lane which of the trainings like this one that run at the same time it is
   */
  public ParameterAveragingTrainer(JavaRDD<Example> rows, List<Example> validation, Lane lane) {
    this.rows = rows;
    this.validation = List.copyOf(validation);
    this.lane = lane;
  }

  /**
   * How many trainings find task slots for all of their workers at the same time, at least 1.
   *
   * @param workers of each
   */
  public static int roomFor(JavaSparkContext spark, int workers) {
    return Math.max(1, Placement.slots(spark) / workers);
  }

  @Override
  public TrainingOutcome train(
      NetworkSpec network, TrainingSpec training, Checkpoints checkpoints, TrainingWatch watch) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.context());
    String[] clips = clips();
    Deal deal =
        new Deal(
            clips.length,
            training.workers(),
            training.batchSize(),
            stepsOfARound(training),
            training.seed());
    Stations stations = new Stations(watch);
    Placement placement = Placement.of(spark, training.workers() * lane.lanes(), watch);
    Shift shift = new Shift(deal, Minibatches.of(network, training), watch.clock());
    try (ScopedBroadcast<String[]> inOrder = ScopedBroadcast.of(spark, clips);
        Engine engine =
            switch (training.averagingEngine()) {
              case RESIDENT ->
                  new ResidentEngine(
                      indexed(inOrder.broadcast()),
                      network,
                      shift,
                      placement,
                      seats(spark, placement, training, watch),
                      stations);
              case DL4J -> new Dl4jEngine(indexed(inOrder.broadcast()), shift, placement, stations);
            }) {
      return new EpochLoop(training, training.workers(), validation, checkpoints, watch)
          .run(network, engine::pass, stations::takeBackends);
    }
  }

  private static int stepsOfARound(TrainingSpec training) {
    return training.workers() == 1
        ? Math.max(STEPS_ALONE, training.averagingFrequency())
        : training.averagingFrequency();
  }

  private Seats seats(
      JavaSparkContext spark, Placement placement, TrainingSpec training, TrainingWatch watch) {
    return spark.isLocal()
        ? Seats.ANY
        : Seats.take(spark, placement, training.workers(), lane, watch);
  }

  /** In the order that rows have before they are shuffled. */
  private String[] clips() {
    String[] clips = rows.map(Example::clip).collect().toArray(String[]::new);
    Arrays.sort(clips);
    for (int i = 1; i < clips.length; i++) {
      if (clips[i].equals(clips[i - 1])) {
        throw new IllegalArgumentException("clip %s is there twice".formatted(clips[i]));
      }
    }
    return clips;
  }

  /** Rows as target and values, by their place in the order of clip ids. */
  private JavaPairRDD<Integer, Tuple2<float[], float[]>> indexed(Broadcast<String[]> inOrder) {
    return rows.mapToPair(
        row ->
            new Tuple2<>(
                Arrays.binarySearch(inOrder.value(), row.clip()),
                new Tuple2<>(row.target(), row.values())));
  }
}
