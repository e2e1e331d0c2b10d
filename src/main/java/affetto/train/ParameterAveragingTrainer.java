package affetto.train;

import affetto.model.EmotionNetwork;
import affetto.model.NetworkSpec;
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
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/**
 * Trains on Spark: workers side by side, whose parameters and optimizer states are averaged every
 * few minibatches, by Deeplearning4j's ParameterAveragingTrainingMaster.
 *
 * <p>Each epoch the rows are shuffled by seed and epoch alone and dealt by a {@link Deal}, so that
 * the result does not depend on how the rows are partitioned, and no row is left over.
 *
 * <p>The task slots should be at least as many as the workers, else workers wait for each other.
 */
public final class ParameterAveragingTrainer implements Trainer {
  private final JavaRDD<Example> rows;
  private final List<Example> validation;

  /**
   * @param rows to train on, in any order and any number of partitions, clips distinct
   * @param validation for early stopping, may be empty; held and scored by the driver
   */
  public ParameterAveragingTrainer(JavaRDD<Example> rows, List<Example> validation) {
    this.rows = rows;
    this.validation = List.copyOf(validation);
  }

  @Override
  public TrainingOutcome train(
      NetworkSpec network, TrainingSpec training, Checkpoints checkpoints, TrainingWatch watch) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.context());
    JavaPairRDD<Integer, Tuple2<float[], float[]>> indexed =
        indexed().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Deal deal =
          new Deal(
              Math.toIntExact(indexed.count()),
              training.workers(),
              training.batchSize(),
              training.averagingFrequency(),
              training.seed());
      Minibatches minibatches = Minibatches.of(network, training);
      Stations stations = new Stations(watch);
      AveragingMaster master =
          new AveragingMaster(deal, Placement.of(spark, training.workers(), watch), stations);
      return new EpochLoop(training, validation, checkpoints, watch)
          .run(
              network,
              (trained, epoch) -> {
                pass(spark, indexed, deal, minibatches, trained, master, epoch);
                return master.takeLoss();
              })
          .on(stations);
    } finally {
      indexed.unpersist();
    }
  }

  /** Rows as target and values by their place in the order of clip ids. */
  private JavaPairRDD<Integer, Tuple2<float[], float[]>> indexed() {
    return rows.mapToPair(row -> new Tuple2<>(row.clip(), new Tuple2<>(row.target(), row.values())))
        .sortByKey()
        .values()
        .zipWithIndex()
        .mapToPair(row -> new Tuple2<>(Math.toIntExact(row._2), row._1));
  }

  private static void pass(
      JavaSparkContext spark,
      JavaPairRDD<Integer, Tuple2<float[], float[]>> indexed,
      Deal deal,
      Minibatches minibatches,
      EmotionNetwork network,
      AveragingMaster master,
      int epoch) {
    Broadcast<int[]> places = spark.broadcast(deal.places(epoch));
    try {
      JavaRDD<DataSet> batches =
          indexed
              .mapToPair(row -> new Tuple2<>(places.value()[row._1], row._2))
              .repartitionAndSortWithinPartitions(new ByRoundAndWorker(deal))
              .mapPartitions(dealt -> new Cut(dealt, deal, minibatches, epoch));
      new SparkDl4jMultiLayer(spark, network.layers(), master).fit(batches);
    } finally {
      places.destroy();
    }
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
  private static final class Cut implements Iterator<DataSet> {
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
    public DataSet next() {
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
