package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.cluster.StandaloneCluster;
import affetto.machine.Cuda;
import affetto.machine.FakeDriver;
import affetto.machine.GpuRules;
import affetto.machine.GpuUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standalone cluster of two workers, each of which announces a GPU that is not there: by our
 * discovery script, from a program that answers as {@code nvidia-smi} does. All but the computing
 * itself is real.
 */
@Timeout(240)
class GpuExecutorsIT {

  private static final String B_FIT = "1" + FakeDriver.L4.substring(1);
  private static final String B_UNFIT = "1" + FakeDriver.H100.substring(1);

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void startCluster() throws IOException {
    drivers(B_FIT);
    Map<String, String> gpu =
        Map.of(
            "spark.worker.resource.gpu.amount",
            "1",
            "spark.worker.resource.gpu.discoveryScript",
            Path.of("submit/discover-gpus.sh").toAbsolutePath().toString());
    cluster = new StandaloneCluster(folder);
    cluster
        .worker("a", 2, folder.resolve("bin-a"), gpu)
        .worker("b", 2, folder.resolve("bin-b"), gpu);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void bothAreFit() {
    drivers(B_FIT);
  }

  private static void drivers(String b) {
    FakeDriver.showing(folder.resolve("bin-a"), FakeDriver.A100);
    FakeDriver.showing(folder.resolve("bin-b"), b);
  }

  private static SparkConf conf(String name, GpuUse use) {
    return cluster
        .conf(name)
        .set(GpuUse.KEY, use.toString())
        .set("spark.plugins", DevicePlugin.class.getName());
  }

  private static SparkConf oneGpuEach(String name, GpuUse use) {
    return conf(name, use).set(GpuRules.EXECUTOR_AMOUNT, "1");
  }

  /**
   * The executors believe that they have the CUDA backend, so that they fix a GPU; ND4J, which asks
   * for services, does not find it and computes on the CPU.
   */
  private static SparkConf withCuda(SparkConf conf) throws IOException {
    Path source = folder.resolve("cuda/JCublasBackend.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "package org.nd4j.linalg.jcublas; public class JCublasBackend {}");
    String[] compile = {"-d", source.getParent().toString(), source.toString()};
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, compile)).isZero();
    String classPath = conf.get("spark.executor.extraClassPath");
    return conf.set("spark.executor.extraClassPath", classPath + ":" + source.getParent());
  }

  private static TrainingWatch watch(Runnable atEpoch, Consumer<String> note) {
    return TrainingWatch.telling(System::nanoTime, report -> atEpoch.run(), note);
  }

  private static TrainingOutcome train(JavaSparkContext spark, List<String> notes) {
    return train(spark, watch(() -> {}, notes::add));
  }

  private static TrainingOutcome train(JavaSparkContext spark, TrainingWatch watch) {
    return new ParameterAveragingTrainer(
            ExamplesOnSpark.of(spark, TestData.rows(48, 1), 4), List.of())
        .train(TestData.network(), TestData.training(2, 2, 8, 1), watch);
  }

  /** What a task saw: its executor, its GPUs, what CUDA is shown, and from when to when. */
  private static Iterator<List<String>> seen(Iterator<Integer> unused) throws InterruptedException {
    long begin = System.currentTimeMillis();
    Thread.sleep(200);
    ResourceInformation gpus = TaskContext.get().resourcesJMap().get("gpu");
    return List.of(
            List.of(
                SparkEnv.get().executorId(),
                gpus == null ? "" : String.join(" ", gpus.addresses()),
                Cuda.shown().orElse("nothing"),
                String.valueOf(begin),
                String.valueOf(System.currentTimeMillis())))
        .iterator();
  }

  private static List<List<String>> look(JavaSparkContext spark, boolean whereItTrains) {
    JavaRDD<Integer> tasks = spark.parallelize(IntStream.range(0, 8).boxed().toList(), 8);
    JavaRDD<List<String>> looks = tasks.mapPartitions(GpuExecutorsIT::seen);
    return whereItTrains
        ? Placement.of(spark, 2, TestData.watch()).at(looks).collect()
        : looks.collect();
  }

  /** Executors that are started for these tasks: the first may have done them all alone. */
  private static List<List<String>> lookFromBothGpus(JavaSparkContext spark) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    List<List<String>> looks = look(spark, true);
    while (System.nanoTime() < end
        && looks.stream().map(look -> look.get(1)).distinct().count() < 2) {
      looks = look(spark, true);
    }
    return looks;
  }

  @Test
  void everyTrainingTaskHasAGpuOfItsOwn() throws IOException {
    List<String> notes = new ArrayList<>();
    String application;
    try (JavaSparkContext spark =
        new JavaSparkContext(withCuda(oneGpuEach("own", GpuUse.PREFER)))) {
      application = spark.sc().applicationId();
      TrainingOutcome outcome = train(spark, notes);
      assertThat(outcome.backend())
          .contains("cpu (-onednn), since ND4J does not take GPU 0, NVIDIA A100")
          .contains("cpu (-onednn), since ND4J does not take GPU 1, NVIDIA L4");

      List<List<String>> looks = look(spark, true);
      Map<String, String> gpuOfExecutor = new HashMap<>();
      Map<String, List<long[]>> times = new HashMap<>();
      for (List<String> look : looks) {
        assertThat(look.get(1)).isIn("0", "1").isEqualTo(look.get(2));
        assertThat(gpuOfExecutor.merge(look.get(0), look.get(1), (one, other) -> one))
            .isEqualTo(look.get(1));
        times
            .computeIfAbsent(look.get(1), gpu -> new ArrayList<>())
            .add(new long[] {Long.parseLong(look.get(3)), Long.parseLong(look.get(4))});
      }
      assertThat(gpuOfExecutor).hasSize(2);
      assertThat(gpuOfExecutor.values()).containsExactlyInAnyOrder("0", "1");
      times.values().forEach(GpuExecutorsIT::neverAtOnce);
      // Other stages use all cores, and still see what their executor was given.
      assertThat(look(spark, false))
          .allSatisfy(
              look -> {
                assertThat(look.get(1)).isEmpty();
                assertThat(look.get(2)).isEqualTo(gpuOfExecutor.get(look.get(0)));
              });
    }
    assertThat(notes)
        .hasSize(2)
        .allMatch(note -> note.contains("heap ") && note.contains("(maxbytes 500 MiB)"));
    for (String worker : List.of("a", "b")) {
      assertThat(cluster.executorLogs(worker, application))
          .filteredOn(line -> line.contains("threads for each worker"))
          .hasSize(1);
    }
  }

  private static void neverAtOnce(List<long[]> times) {
    times.sort((one, other) -> Long.compare(one[0], other[0]));
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i)[0]).isGreaterThanOrEqualTo(times.get(i - 1)[1]);
    }
  }

  @Test
  void anUnfitGpuIsHiddenAndTheCpuTrainsInItsPlace() throws IOException {
    drivers(B_UNFIT);
    try (JavaSparkContext spark =
        new JavaSparkContext(withCuda(oneGpuEach("unfit", GpuUse.PREFER)))) {
      TrainingOutcome outcome = train(spark, new ArrayList<>());
      assertThat(outcome.backend())
          .contains("since ND4J does not take GPU 0, NVIDIA A100")
          .contains("cpu (-onednn), since GPU 1, NVIDIA H100 80GB HBM3, compute capability 9.0")
          .contains("compute capability 9.0 is newer than CUDA 11.6");
      assertThat(look(spark, true))
          .extracting(look -> look.get(1) + look.get(2))
          .contains("00", "1-1");
    }
  }

  @Test
  void anExecutorWithoutAGpuRefuses() {
    SparkConf conf = conf("none", GpuUse.REQUIRE).set("spark.task.maxFailures", "1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      assertThatThrownBy(() -> train(spark, new ArrayList<>()))
          .hasMessageContaining("RefusedException: executor ")
          .hasMessageContaining("cannot train: it was given no GPU");
    }
  }

  /** Features on executors without a GPU, training on others that have one. */
  @Test
  void executorsWithAGpuAreStartedForTrainingAlone() throws IOException {
    SparkConf conf =
        withCuda(conf("stages", GpuUse.PREFER))
            .set(GpuRules.TRAINING_AMOUNT, "1")
            .set("spark.executor.cores", "1")
            .set("spark.dynamicAllocation.enabled", "true")
            .set("spark.dynamicAllocation.shuffleTracking.enabled", "true")
            .set("spark.dynamicAllocation.maxExecutors", "2");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      List<List<String>> before = look(spark, false);
      assertThat(before).extracting(look -> look.get(2)).containsOnly("-1");
      List<List<String>> training = lookFromBothGpus(spark);
      assertThat(training).extracting(look -> look.get(1) + look.get(2)).containsOnly("00", "11");
      TrainingOutcome outcome = train(spark, new ArrayList<>());
      assertThat(outcome.backend()).contains("GPU 0, NVIDIA A100", "GPU 1, NVIDIA L4");
      assertThat(Collections.disjoint(executors(before), executors(training))).isTrue();
    }
  }

  /** The first executor must not keep the rows of both workers because it was there first. */
  @Test
  void eachExecutorKeepsAWorkersRows() {
    SparkConf conf =
        cluster
            .conf("seats")
            .set("spark.executor.cores", "1")
            .set("spark.dynamicAllocation.enabled", "true")
            .set("spark.dynamicAllocation.shuffleTracking.enabled", "true")
            .set("spark.dynamicAllocation.initialExecutors", "1")
            .set("spark.dynamicAllocation.maxExecutors", "2")
            .set("spark.dynamicAllocation.executorIdleTimeout", "300s");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      // As where features have just been read: one executor is there.
      assertThat(look(spark, false)).hasSize(8);
      Map<String, Integer> kept = new TreeMap<>();
      TrainingWatch watch = watch(() -> kept.putAll(ExamplesOnSpark.kept(spark)), note -> {});
      train(spark, watch);
      assertThat(kept).hasSize(2).allSatisfy((executor, shares) -> assertThat(shares).isOne());
    }
  }

  private static List<String> executors(List<List<String>> looks) {
    return looks.stream().map(look -> look.get(0)).toList();
  }
}
