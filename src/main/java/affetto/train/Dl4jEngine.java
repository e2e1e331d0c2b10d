package affetto.train;

import affetto.model.EmotionNetwork;
import affetto.monitor.Meters;
import affetto.monitor.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.Tuple2;

/**
 * Averages by Deeplearning4j's ParameterAveragingTrainingMaster: each epoch shuffles the rows
 * through Spark into a partition for each round and worker, and each round builds the networks
 * anew.
 */
final class Dl4jEngine implements Engine {
  private final JavaSparkContext spark;
  private final JavaPairRDD<Integer, Tuple2<float[], float[]>> rows;
  private final Shift shift;
  private final AveragingMaster master;

  /**
   * Keeps the rows.
   *
   * @param rows target and values by their place in the order of clip ids
   * @param stations is told of every executor that trains
   */
  Dl4jEngine(
      JavaPairRDD<Integer, Tuple2<float[], float[]>> rows,
      Shift shift,
      Placement placement,
      Stations stations) {
    this.spark = JavaSparkContext.fromSparkContext(rows.context());
    this.rows = rows.persist(StorageLevel.MEMORY_AND_DISK());
    this.shift = shift;
    this.master = new AveragingMaster(shift.deal(), placement, stations, shift.clock());
  }

  @Override
  public Tally pass(EmotionNetwork network, int epoch, double learningRate) {
    Deal deal = shift.deal();
    Minibatches minibatches = shift.minibatches();
    try (ScopedBroadcast<int[]> scope = ScopedBroadcast.of(spark, deal.places(epoch))) {
      Broadcast<int[]> places = scope.broadcast();
      JavaRDD<MultiDataSet> batches =
          rows.mapToPair(row -> new Tuple2<>(places.value()[row._1], row._2))
              .repartitionAndSortWithinPartitions(new ByRoundAndWorker(deal))
              .mapPartitions(dealt -> new Cut(dealt, deal, minibatches, epoch));
      Step.begin(spark.sc(), "epoch %d, %d rounds".formatted(epoch, deal.rounds()));
      new SparkComputationGraph(spark, network.graph(), master).fitMultiDataSet(batches);
      Meters.of(spark.sc()).averaged(deal.rounds());
      return master.takeTally();
    }
  }

  @Override
  public void close() {
    rows.unpersist();
  }

  /** A partition for each round and worker. */
  private static final class ByRoundAndWorker extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final Deal deal;

    ByRoundAndWorker(Deal deal) {
      this.deal = deal;
    }

    @Override
    public int numPartitions() {
      return deal.rounds() * deal.workers();
    }

    @Override
    public int getPartition(Object place) {
      int slot = deal.slotOf((Integer) place);
      int round = slot / deal.workers() / deal.averagingFrequency();
      return round * deal.workers() + slot % deal.workers();
    }
  }

  /** Cuts a worker's rows of a round, in the order of their places, into its minibatches. */
  private static final class Cut implements Iterator<MultiDataSet> {
    private final Iterator<Tuple2<Integer, Tuple2<float[], float[]>>> dealt;
    private final Deal deal;
    private final Minibatches minibatches;
    private final int epoch;
    private Tuple2<Integer, Tuple2<float[], float[]>> next;

    Cut(
        Iterator<Tuple2<Integer, Tuple2<float[], float[]>>> dealt,
        Deal deal,
        Minibatches minibatches,
        int epoch) {
      this.dealt = dealt;
      this.deal = deal;
      this.minibatches = minibatches;
      this.epoch = epoch;
      advance();
    }

    private void advance() {
      next = dealt.hasNext() ? dealt.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public MultiDataSet next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      int place = next._1;
      int slot = deal.slotOf(place);
      List<Example> batch = new ArrayList<>(deal.batchSize());
      while (next != null && deal.slotOf(next._1) == slot) {
        batch.add(new Example("", next._2._1, next._2._2));
        advance();
      }
      return minibatches.of(batch, epoch, place);
    }
  }
}
