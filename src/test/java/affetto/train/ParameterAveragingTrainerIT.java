package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.model.EmotionNetwork;
import affetto.model.NetworkSpec;
import affetto.model.Optimizer;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import scala.Tuple3;

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
      JavaRDD<Example> examples =
          spark
              .parallelize(
                  rows.stream().map(ParameterAveragingTrainerIT::plain).toList(), partitions)
              .map(row -> new Example(row._1(), row._2(), row._3()));
      return new ParameterAveragingTrainer(examples, TestData.rows(30, 99))
          .train(network, spec, checkpoints, TestData.watch());
    }
  }

  /** Kryo cannot read records; a table's rows never travel as such either. */
  private static Tuple3<String, float[], float[]> plain(Example example) {
    return new Tuple3<>(example.clip(), example.target(), example.values());
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
  @Test
  void oneWorkerEqualsOneProcessExactly() {
    List<Example> rows = TestData.rows(131, 1);
    TrainingSpec spec = new TrainingSpec(3, 1, 16, 4, 5e-2, 0.1, 1, 2, true, 3);
    TrainingOutcome local = inProcess(rows, TestData.network(), spec);
    TrainingOutcome spark = onSpark("local[1]", 3, rows, TestData.network(), spec);
    assertThat(spark.epochs()).isEqualTo(local.epochs());
    assertThat(spark.bestEpoch()).isEqualTo(local.bestEpoch());
    assertThat(TestData.same(spark, local)).isTrue();
  }

  @Test
  void averagingEveryStepWithSgdEqualsOneProcessWithTheUnionOfTheBatches() {
    List<Example> rows = TestData.rows(96, 1);
    NetworkSpec network =
        TestData.network().withOptimizer(Optimizer.SGD).withClipNorm(0).withDropout(false);
    TrainingSpec two = new TrainingSpec(2, 2, 8, 1, 0.05, 1, 2, 0, true, 3);
    TrainingSpec one = new TrainingSpec(2, 1, 16, 1, 0.05, 1, 2, 0, true, 3);
    float[] averaged = onSpark("local[2]", 5, rows, network, two).network().copyOfParameters();
    float[] union = inProcess(rows, network, one).network().copyOfParameters();
    double furthest = 0;
    double moved = 0;
    float[] start = EmotionNetwork.create(network).copyOfParameters();
    for (int i = 0; i < union.length; i++) {
      furthest = Math.max(furthest, Math.abs(averaged[i] - union[i]));
      moved = Math.max(moved, Math.abs(union[i] - start[i]));
    }
    assertThat(moved).isGreaterThan(1e-3);
    assertThat(furthest).isLessThan(1e-4 * moved);
  }

  @Test
  void theModelDoesNotDependOnPartitionsOrSerializer() {
    List<Example> rows = TestData.rows(100, 1);
    TrainingSpec spec = TestData.training(2, 2, 8, 3);
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

  @Test
  void twoWorkersGoOnToTheSameNetwork() {
    List<Example> rows = TestData.rows(131, 1);
    TrainingSpec spec = new TrainingSpec(4, 2, 8, 3, 5e-2, 0.5, 1, 3, true, 3);
    KeptStates kept = new KeptStates();
    TrainingOutcome whole = onSpark(conf("local[2]"), 3, rows, TestData.network(), spec, kept);
    for (TrainingState state : kept.states().subList(0, 2)) {
      TrainingOutcome resumed =
          onSpark(conf("local[2]"), 5, rows, TestData.network(), spec, new KeptStates(state));
      assertThat(TestData.same(resumed, whole)).as("from epoch %d", state.epoch()).isTrue();
      assertThat(TestData.losses(resumed)).isEqualTo(TestData.losses(whole));
    }
  }

  @Test
  void twoWorkersLearn() {
    TrainingOutcome outcome =
        onSpark(
            "local[2]",
            4,
            TestData.rows(300, 1),
            TestData.network(),
            TestData.training(5, 2, 16, 2));
    assertThat(outcome.epochs().get(4).validationUar().getAsDouble()).isGreaterThan(0.7);
  }
}
