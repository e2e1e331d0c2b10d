package affetto.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deeplearning4j's parameter averaging, with the rounds taken from a {@link Deal} instead of drawn
 * at random, and the averages summed in the order of the workers, so that a training can be
 * repeated to the last bit.
 *
 * <p>It expects one partition for each round and worker, in this order, and in it a minibatch a
 * {@link MultiDataSet}. Its direct mode counts, caches and repartitions nothing: a round is one
 * Spark job. The driver holds every worker's parameters and optimizer state once a round: three
 * floats a parameter with Adam. It collects no training statistics, which would ask the internet
 * for the time.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster {
  private final Deal deal;
  private final Placement placement;
  private final Stations stations;
  private final Clock clock;
  private final RoundBroadcasts broadcasts = new RoundBroadcasts();
  private Tally tally = Tally.NONE;

  /**
   * @param deal who gets what when
   * @param placement where
   * @param stations is told of every executor that trains
   * @param clock of the executors
   */
  AveragingMaster(Deal deal, Placement placement, Stations stations, Clock clock) {
    super(
        new Builder(deal.workers(), deal.batchSize())
            .batchSizePerWorker(deal.batchSize())
            .averagingFrequency(deal.averagingFrequency())
            .saveUpdater(true)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .repartionData(Repartition.Never)
            .storageLevel(null));
    this.deal = deal;
    this.placement = placement;
    this.stations = stations;
    this.clock = clock;
  }

  /** What came of the rounds since this was last asked. */
  Tally takeTally() {
    Tally taken = tally;
    tally = Tally.NONE;
    return taken;
  }

  @Override
  protected void executeTrainingDirect(
      SparkComputationGraph network, JavaRDD<MultiDataSet> minibatches) {
    for (int round = 0; round < deal.rounds() && !tally.loss().broken(); round++) {
      doIteration(network, minibatches, round, deal.rounds());
    }
  }

  @Override
  protected void doIteration(
      SparkComputationGraph network, JavaRDD<MultiDataSet> minibatches, int round, int rounds) {
    ComputationGraph graph = network.getNetwork();
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    NetBroadcastTuple before =
        new NetBroadcastTuple(
            configuration, graph.params(), graph.getUpdater().getStateViewArray());
    try (ScopedBroadcast<NetBroadcastTuple> state =
        broadcasts.of(network.getSparkContext(), before)) {
      Round work =
          new Round(
              worker(state.broadcast()),
              configuration.getIterationCount(),
              configuration.getEpochCount(),
              placement.threads(),
              clock);
      int first = round * deal.workers();
      int[] partitions = IntStream.range(first, first + deal.workers()).toArray();
      List<WorkerResult>[] results =
          placement.at(minibatches.mapPartitions(work::run)).collectPartitions(partitions);
      average(graph, results);
    }
    configuration.setIterationCount(configuration.getIterationCount() + deal.stepsOf(round));
  }

  private ParameterAveragingTrainingWorker worker(Broadcast<NetBroadcastTuple> state) {
    WorkerConfiguration configuration =
        new WorkerConfiguration(
            false, deal.batchSize(), deal.batchSize(), deal.averagingFrequency(), 0, false);
    return new ParameterAveragingTrainingWorker(
        state, saveUpdater, configuration, trainingHookList, listeners, getRouterProvider());
  }

  private void average(ComputationGraph graph, List<WorkerResult>[] results) {
    List<WorkerResult> inOrder = Arrays.stream(results).map(part -> part.get(0)).toList();
    for (WorkerResult result : inOrder) {
      stations.add(result.station());
      tally = tally.plus(result.tally());
    }
    graph.setParams(row(WorkerResult.mean(inOrder, WorkerResult::parameters)));
    if (graph.getUpdater().getStateViewArray() != null) {
      INDArray state = row(WorkerResult.mean(inOrder, WorkerResult::optimizer));
      graph.getUpdater().setStateViewArray(state);
    }
  }

  private static INDArray row(float[] numbers) {
    return Nd4j.createFromArray(numbers).reshape(1, numbers.length);
  }

  /**
   * A worker's part of a round.
   *
   * @param iterations steps of the training before
   * @param passes as Deeplearning4j counts them
   * @param clock of the executor
   */
  private record Round(
      ParameterAveragingTrainingWorker worker, int iterations, int passes, int threads, Clock clock)
      implements Serializable {

    Iterator<WorkerResult> run(Iterator<MultiDataSet> minibatches) {
      Station station = Station.ready(threads);
      ComputationGraph network = worker.getInitialModelGraph();
      // Deeplearning4j's copy of a graph's configuration forgets them, and Adam begins anew.
      network.getConfiguration().setIterationCount(iterations);
      network.getConfiguration().setEpochCount(passes);
      Tally tally = Tally.NONE;
      ParameterAveragingTrainingResult result = null;
      while (minibatches.hasNext()) {
        long asked = clock.nanoTime();
        MultiDataSet minibatch = minibatches.next();
        long given = clock.nanoTime();
        result = worker.processMinibatch(minibatch, network, !minibatches.hasNext());
        LossSum loss =
            LossSum.NONE.plus(network.score(), Math.toIntExact(minibatch.getFeatures(0).size(0)));
        tally = tally.plus(new Tally(loss, given - asked, clock.nanoTime() - given));
      }
      return List.of(
              new WorkerResult(
                  values(result.getParameters()), values(result.getUpdaterState()), tally, station))
          .iterator();
    }

    /** The optimizer's state is null with plain gradient descent. */
    private static float[] values(INDArray row) {
      return row == null ? new float[0] : row.dup().data().asFloat();
    }
  }
}
