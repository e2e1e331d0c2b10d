package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.model.NativeMemory;
import affetto.model.NetworkSpec;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fifty epochs take no more memory than ten: what grows would kill an executor sooner or later. */
class MemoryGrowthIT {

  private static final long MIB = 1L << 20;

  /**
   * In bytes.
   *
   * @param tensors outside the heap, as ND4J's library counts them
   * @param besidesHeap the process without the heap, whose size is the collector's affair
   */
  private record Weight(long tensors, long besidesHeap) {
    static Weight now() {
      NativeMemory memory = NativeMemory.now();
      return new Weight(memory.tensors(), memory.process() - Runtime.getRuntime().totalMemory());
    }
  }

  /** Memory at the end of epochs, after a collection, by epoch. */
  private static final class Scales implements TrainingWatch {
    private final TreeMap<Integer, Weight> weighed = new TreeMap<>();

    @Override
    public Clock clock() {
      return System::nanoTime;
    }

    @Override
    public void epoch(EpochReport report) {
      if (report.epoch() % 10 == 0) {
        weighed.put(report.epoch(), weigh());
      }
    }

    @Override
    public void note(String line) {}

    /** Arrays are freed by a thread of ND4J's, after the collector has found them. */
    private static Weight weigh() {
      Weight last = Weight.now();
      for (int i = 0; i < 5; i++) {
        System.gc();
        try {
          Thread.sleep(200);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        Weight now = Weight.now();
        last = now.tensors() < last.tensors() ? now : last;
      }
      return last;
    }
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(TestData.network(), TestData.rows(96, 1)),
        Arguments.of(TestData.levelledNetwork(), TestData.levelledRows(96, 1)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void fiftyEpochsTakeNoMoreThanTen(NetworkSpec network, List<Example> data) {
    Scales scales = new Scales();
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("memory")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "localhost");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      new ParameterAveragingTrainer(ExamplesOnSpark.of(spark, data, 2), List.of())
          .train(network, TestData.training(50, 2, 16, 3), scales);
    }
    Weight ten = scales.weighed.get(10);
    Weight fifty = scales.weighed.get(50);
    String all = scales.weighed.toString();
    assertThat(fifty.tensors()).as(all).isLessThan(ten.tensors() + 8 * MIB);
    assertThat(fifty.besidesHeap()).as(all).isLessThan(ten.besidesHeap() + 64 * MIB);
  }
}
