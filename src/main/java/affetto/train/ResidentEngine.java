package affetto.train;

import affetto.model.EmotionNetwork;
import affetto.model.NetworkSpec;
import affetto.monitor.Meters;
import affetto.monitor.Step;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Averages with as little on the way as there can be: each worker's rows are a partition that its
 * executor keeps from the first epoch to the last, networks stay in a {@link NetworkPool}, and a
 * round is one Spark job of one stage, which takes parameters and optimizer state there as a
 * broadcast and back as results.
 *
 * <p>Rows lie in executors' memory, or on their disks where Spark finds no room; then they are read
 * from there in every round. A lost executor's rows come again from the shuffle that dealt them.
 * The driver holds three floats a parameter and worker with Adam.
 */
final class ResidentEngine implements Engine {
  private final JavaSparkContext spark;
  private final NetworkSpec network;
  private final Shift shift;
  private final Placement placement;
  private final Stations stations;
  private final JavaRDD<Tuple2<float[], float[]>> dealt;
  private final Broadcast<NetworkPool> pool;
  private final RoundBroadcasts broadcasts = new RoundBroadcasts();
  private Seats seats;
  private JavaRDD<Tuple2<float[], float[]>> shards;

  /**
   * Deals the rows out.
   *
   * @param rows target and values by their place in the order of clip ids
   * @param seats where each worker's rows are to lie
   * @param stations is told of every executor that trains
   */
  ResidentEngine(
      JavaPairRDD<Integer, Tuple2<float[], float[]>> rows,
      NetworkSpec network,
      Shift shift,
      Placement placement,
      Seats seats,
      Stations stations) {
    this.spark = JavaSparkContext.fromSparkContext(rows.context());
    this.network = network;
    this.shift = shift;
    this.placement = placement;
    this.stations = stations;
    Deal deal = shift.deal();
    this.dealt =
        rows.repartitionAndSortWithinPartitions(new ByOwner(deal.owners(), deal.workers()))
            .values();
    this.pool = spark.broadcast(new NetworkPool());
    this.seats = seats;
    this.shards = seated();
  }

  /** Where it trains, for rows are to lie with the executors that need them. */
  private JavaRDD<Tuple2<float[], float[]>> seated() {
    JavaRDD<Tuple2<float[], float[]>> placed =
        new SeatedRdd<>(dealt.rdd(), seats, dealt.classTag()).toJavaRDD();
    return placement.at(placed).persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Where executors have come or gone, rows come anew from the shuffle's files. */
  private void sitDown() {
    Seats before = seats;
    seats = before.renewed(spark, placement);
    if (!seats.byWorker().equals(before.byWorker())) {
      shards.unpersist();
      shards = seated();
    }
  }

  @Override
  public Tally pass(EmotionNetwork trained, int epoch, double learningRate) {
    sitDown();
    Meters meters = Meters.of(spark.sc());
    Deal deal = shift.deal();
    float[] parameters = trained.copyOfParameters();
    OptimizerState optimizer = OptimizerState.of(trained);
    Tally tally = Tally.NONE;
    for (int round = 0; round < deal.rounds() && !tally.loss().broken(); round++) {
      int from = round * deal.averagingFrequency();
      int to = from + deal.stepsOf(round);
      Step.begin(spark.sc(), "epoch %d, round %d of %d".formatted(epoch, round + 1, deal.rounds()));
      List<WorkerResult> results =
          round(parameters, optimizer, new Moment(epoch, from, to, learningRate));
      meters.averaged(1);
      for (WorkerResult result : results) {
        stations.add(result.station());
        tally = tally.plus(result.tally());
      }
      parameters = WorkerResult.mean(results, WorkerResult::parameters);
      float[] numbers = WorkerResult.mean(results, WorkerResult::optimizer);
      optimizer =
          new OptimizerState(numbers, optimizer.iterations() + to - from, optimizer.passes());
    }
    trained.restoreParameters(parameters);
    new OptimizerState(optimizer.numbers(), optimizer.iterations(), optimizer.passes() + 1)
        .putInto(trained);
    return tally;
  }

  /** What the workers make of the same numbers, in their order. */
  private List<WorkerResult> round(float[] parameters, OptimizerState optimizer, Moment moment) {
    float[][] before = {parameters, optimizer.numbers()};
    try (ScopedBroadcast<float[][]> numbers = broadcasts.of(spark, before)) {
      Round work =
          new Round(
              pool,
              network,
              shift,
              placement.threads(),
              numbers.broadcast(),
              optimizer.iterations(),
              optimizer.passes(),
              moment);
      return shards.mapPartitionsWithIndex(work::run, true).collect();
    }
  }

  @Override
  public void close() {
    shards.unpersist();
    pool.destroy();
  }

  /** Rows to the workers that keep them. */
  private static final class ByOwner extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int[] owners;
    private final int workers;

    ByOwner(int[] owners, int workers) {
      this.owners = owners;
      this.workers = workers;
    }

    @Override
    public int numPartitions() {
      return workers;
    }

    @Override
    public int getPartition(Object row) {
      return owners[(Integer) row];
    }
  }

  /**
   * Where in a training a round stands.
   *
   * @param epoch from 1
   * @param from the first step of the epoch
   * @param to the step after the last
   * @param learningRate of the epoch
   */
  private record Moment(int epoch, int from, int to, double learningRate) implements Serializable {}

  /**
   * A worker's part of a round.
   *
   * @param numbers the parameters, and the optimizer's
   * @param iterations steps of the training before
   * @param passes as Deeplearning4j counts them
   */
  private record Round(
      Broadcast<NetworkPool> pool,
      NetworkSpec network,
      Shift shift,
      int threads,
      Broadcast<float[][]> numbers,
      int iterations,
      int passes,
      Moment moment)
      implements Serializable {

    Iterator<WorkerResult> run(int worker, Iterator<Tuple2<float[], float[]>> rows) {
      Station station = Station.ready(threads);
      long asked = shift.clock().nanoTime();
      List<Example> own = new ArrayList<>();
      rows.forEachRemaining(row -> own.add(new Example("", row._1, row._2)));
      long read = shift.clock().nanoTime() - asked;
      EmotionNetwork trained = pool.value().take().orElseGet(() -> EmotionNetwork.create(network));
      trained.restoreParameters(numbers.value()[0]);
      new OptimizerState(numbers.value()[1], iterations, passes).putInto(trained);
      trained.setLearningRate(moment.learningRate());
      Tally tally =
          shift
              .run(trained, own, worker, moment.epoch(), moment.from(), moment.to())
              .plus(new Tally(LossSum.NONE, read, 0));
      WorkerResult result =
          new WorkerResult(
              trained.copyOfParameters(), OptimizerState.of(trained).numbers(), tally, station);
      pool.value().give(trained);
      return List.of(result).iterator();
    }
  }
}
