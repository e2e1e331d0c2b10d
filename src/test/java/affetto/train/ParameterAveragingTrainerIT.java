package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.model.EmotionNetwork;
import affetto.model.NetworkSpec;
import affetto.model.Optimizer;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every engine promises. */
class ParameterAveragingTrainerIT {

  private static TrainingOutcome onSpark(
      String master, int partitions, List<Example> rows, NetworkSpec network, TrainingSpec spec) {
    return onSpark(conf(master), partitions, rows, network, spec, Checkpoints.NONE);
  }

  private static SparkConf conf(String master) {
    return new SparkConf().setMaster(master).setAppName("averaging");
  }

  private static TrainingOutcome onSpark(
      SparkConf conf,
      int partitions,
      List<Example> rows,
      NetworkSpec network,
      TrainingSpec spec,
      Checkpoints checkpoints) {
    conf.set("spark.ui.enabled", "false").set("spark.driver.host", "localhost");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      JavaRDD<Example> examples = ExamplesOnSpark.of(spark, rows, partitions);
      TrainingOutcome outcome =
          new ParameterAveragingTrainer(examples, TestData.rows(30, 99))
              .train(network, spec, checkpoints, TestData.watch());
      assertThat(spark.getPersistentRDDs()).as("rows that nobody needs any more").isEmpty();
      return outcome;
    }
  }

  private static TrainingOutcome inProcess(
      List<Example> rows, NetworkSpec network, TrainingSpec spec) {
    return new LocalTrainer(rows, TestData.rows(30, 99), cores())
        .train(network, spec, TestData.watch());
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Adam, dropout, clipping, a schedule that bites and an uneven last round included. */
  @ParameterizedTest
  @EnumSource
  void oneWorkerEqualsOneProcessExactly(EngineKind engine) {
    List<Example> rows = TestData.rows(131, 1);
    TrainingSpec spec = new TrainingSpec(3, 1, 16, 4, 2e-2, 0.1, 1, 2, true, 3).by(engine);
    TrainingOutcome local = inProcess(rows, TestData.network(), spec);
    TrainingOutcome spark = onSpark("local[1]", 3, rows, TestData.network(), spec);
    assertThat(spark.bestEpoch()).isEqualTo(local.bestEpoch());
    assertThat(TestData.same(spark, local)).isTrue();
    assertThat(spark.epochs()).isEqualTo(local.epochs());
  }

  @ParameterizedTest
  @EnumSource
  void averagingEveryStepWithSgdEqualsOneNetworkOnTheUnionOfTheBatches(EngineKind engine) {
    List<Example> rows = TestData.rows(96, 1);
    NetworkSpec network =
        TestData.network().withOptimizer(Optimizer.SGD).withClipNorm(0).withDropout(false);
    TrainingSpec two = new TrainingSpec(2, 2, 8, 1, 0.05, 1, 2, 0, true, 3).by(engine);
    float[] averaged = onSpark("local[2]", 5, rows, network, two).network().copyOfParameters();
    float[] union = onUnions(rows, network, two).copyOfParameters();
    double furthest = 0;
    double moved = 0;
    float[] start = EmotionNetwork.create(network).copyOfParameters();
    for (int i = 0; i < union.length; i++) {
      furthest = Math.max(furthest, Math.abs(averaged[i] - union[i]));
      moved = Math.max(moved, Math.abs(union[i] - start[i]));
    }
    assertThat(moved).isGreaterThan(1e-3);
    // Sums in another order: now and then an activation falls on the other side of zero.
    assertThat(furthest).isLessThan(1e-3 * moved);
  }

  /** Without any trainer: each step on what all workers have in it. */
  private static EmotionNetwork onUnions(
      List<Example> rows, NetworkSpec spec, TrainingSpec training) {
    List<Example> inOrder = rows.stream().sorted(Comparator.comparing(Example::clip)).toList();
    Deal deal = new Deal(rows.size(), training.workers(), training.batchSize(), 1, training.seed());
    Minibatches minibatches = Minibatches.of(spec, training);
    EmotionNetwork network = EmotionNetwork.create(spec);
    network.setLearningRate(training.learningRate());
    for (int epoch = 1; epoch <= training.epochs(); epoch++) {
      int[] places = deal.places(epoch);
      Example[] dealt = new Example[places.length];
      for (int row = 0; row < places.length; row++) {
        dealt[places[row]] = inOrder.get(row);
      }
      for (int step = 0; step < deal.steps(); step++) {
        int from = deal.start(step, 0);
        List<Example> union = List.of(dealt).subList(from, deal.start(step + 1, 0));
        network.graph().fit(minibatches.of(union, epoch, from));
      }
    }
    return network;
  }

  @ParameterizedTest
  @EnumSource
  void theModelDoesNotDependOnPartitionsOrSerializer(EngineKind engine) {
    List<Example> rows = TestData.rows(100, 1);
    TrainingSpec spec = TestData.training(2, 2, 8, 3).by(engine);
    TrainingOutcome one = onSpark("local[2]", 1, rows, TestData.network(), spec);
    SparkConf kryo =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("kryo")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrator", "org.nd4j.kryo.Nd4jRegistrator");
    TrainingOutcome other =
        onSpark(
            kryo,
            7,
            rows.stream().sorted((a, b) -> b.clip().compareTo(a.clip())).toList(),
            TestData.network(),
            spec,
            Checkpoints.NONE);
    assertThat(TestData.same(one, other)).isTrue();
    assertThat(other.epochs()).isEqualTo(one.epochs());
  }

  /** Three workers, uneven rounds, and what a saved network tells of its training. */
  @Test
  void theModelDoesNotDependOnTheEngine() {
    List<Example> rows = TestData.rows(140, 1);
    TrainingSpec spec = new TrainingSpec(3, 3, 8, 4, 5e-2, 0.5, 1, 2, true, 3);
    List<TrainingOutcome> outcomes =
        Stream.of(EngineKind.values())
            .map(engine -> onSpark("local[2]", 3, rows, TestData.network(), spec.by(engine)))
            .toList();
    TrainingOutcome one = outcomes.get(0);
    TrainingOutcome other = outcomes.get(1);
    assertThat(TestData.same(one, other)).isTrue();
    assertThat(other.epochs()).isEqualTo(one.epochs());
    assertThat(other.network().graph().getConfiguration().toJson())
        .isEqualTo(one.network().graph().getConfiguration().toJson());
  }

  /** Two inputs go through Spark as one array, and reach the network as two by either engine. */
  @Test
  void aNetworkWithLevelsDoesNotDependOnTheEngineAndLearns() {
    TrainingSpec spec =
        new TrainingSpec(
            6, 2, 8, 2, EngineKind.RESIDENT, 1e-2, 1, 2, 0, false, ScheduleKind.ONE_CYCLE, true, 3);
    try (JavaSparkContext spark = new JavaSparkContext(conf("local[2]"))) {
      JavaRDD<Example> rows = ExamplesOnSpark.of(spark, TestData.levelledRows(96, 1), 3);
      List<TrainingOutcome> outcomes =
          Stream.of(EngineKind.values())
              .map(
                  engine ->
                      new ParameterAveragingTrainer(rows, List.of())
                          .train(
                              TestData.levelledNetwork(),
                              spec.by(engine),
                              Checkpoints.NONE,
                              TestData.watch()))
              .toList();
      assertThat(TestData.same(outcomes.get(0), outcomes.get(1))).isTrue();
      List<Double> losses = TestData.losses(outcomes.get(0));
      assertThat(losses.get(5)).isLessThan(0.9 * losses.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoWorkersGoOnToTheSameNetwork(EngineKind engine) {
    List<Example> rows = TestData.rows(131, 1);
    TrainingSpec spec = new TrainingSpec(4, 2, 8, 3, 5e-2, 0.5, 1, 3, true, 3).by(engine);
    KeptStates kept = new KeptStates();
    TrainingOutcome whole = onSpark(conf("local[2]"), 3, rows, TestData.network(), spec, kept);
    for (TrainingState state : kept.states().subList(0, 2)) {
      TrainingOutcome resumed =
          onSpark(conf("local[2]"), 5, rows, TestData.network(), spec, new KeptStates(state));
      assertThat(TestData.same(resumed, whole)).as("from epoch %d", state.epoch()).isTrue();
      assertThat(TestData.losses(resumed)).isEqualTo(TestData.losses(whole));
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoWorkersLearn(EngineKind engine) {
    TrainingOutcome outcome =
        onSpark(
            "local[2]",
            4,
            TestData.rows(300, 1),
            TestData.network(),
            TestData.training(5, 2, 16, 2).by(engine));
    assertThat(outcome.epochs().get(4).validationUar().getAsDouble()).isGreaterThan(0.7);
  }

  @ParameterizedTest
  @EnumSource
  void stopsWithinTheEpochWhenTheLossIsNoNumber(EngineKind engine) {
    TrainingSpec wild = new TrainingSpec(3, 2, 8, 1, 1e30, 1, 2, 0, false, 3).by(engine);
    TrainingSpec tame = new TrainingSpec(1, 2, 8, 1, 1e-3, 1, 2, 0, false, 3).by(engine);
    List<Example> rows = TestData.rows(128, 1);
    SparkConf counted = conf("local[2]").set("spark.extraListeners", Jobs.class.getName());
    Jobs.COUNT.set(0);
    onSpark(counted, 2, rows, TestData.network(), tame, Checkpoints.NONE);
    int whole = Jobs.COUNT.getAndSet(0);
    assertThatThrownBy(() -> onSpark(counted, 2, rows, TestData.network(), wild, Checkpoints.NONE))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("the loss is not a number");
    assertThat(whole).as("a job each for 8 rounds").isGreaterThan(8);
    assertThat(Jobs.COUNT.get()).isBetween(whole - 7, whole - 4);
  }

  /** Counts Spark's jobs, of which each round is one. */
  public static final class Jobs extends SparkListener {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      COUNT.incrementAndGet();
    }
  }

  @Test
  void refusesAClipThatIsThereTwice() {
    List<Example> rows = TestData.rows(20, 1);
    List<Example> twice = Stream.concat(rows.stream(), rows.stream().limit(1)).toList();
    assertThatThrownBy(
            () -> onSpark("local[2]", 2, twice, TestData.network(), TestData.training(1, 2, 8, 1)))
        .hasMessageContaining("is there twice");
  }
}
