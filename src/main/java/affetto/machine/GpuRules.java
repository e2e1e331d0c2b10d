package affetto.machine;

import static affetto.machine.Surroundings.conf;

import java.util.List;
import java.util.Map;

/** Which settings of GPUs cannot work, and what to write instead. */
public final class GpuRules {

  /**
   * A GPU for each executor that trains, and none for the others: needs executors that come and go.
   */
  public static final String TRAINING_AMOUNT = "spark.affetto.training.gpu.amount";

  /** How such an executor finds its GPU, where YARN or Kubernetes start it. */
  public static final String TRAINING_SCRIPT = "spark.affetto.training.gpu.discoveryScript";

  public static final String EXECUTOR_AMOUNT = "spark.executor.resource.gpu.amount";
  public static final String TASK_AMOUNT = "spark.task.resource.gpu.amount";

  private GpuRules() {}

  /**
   * What is wrong; empty where nothing is.
   *
   * @param cuda whether the CUDA backend is on the class path
   */
  public static List<Finding> judge(Surroundings around, boolean cuda) {
    GpuUse use = GpuUse.named(around.setting(GpuUse.KEY, GpuUse.DEFAULT));
    if (use == GpuUse.NEVER) {
      return List.of();
    }
    if (use == GpuUse.REQUIRE && !cuda) {
      return List.of(
          Finding.refuse(
              "GPUs are required, but this build has no CUDA backend: mvn -Dcuda package, or --gpu"
                  + " prefer"));
    }
    return around.local() ? List.of() : onCluster(around, use);
  }

  private static List<Finding> onCluster(Surroundings around, GpuUse use) {
    Map<String, String> spark = around.spark();
    String executors = spark.getOrDefault(EXECUTOR_AMOUNT, "");
    if (executors.isEmpty()) {
      return spark.containsKey(TRAINING_AMOUNT) ? byStage(around) : nobodyAsked(use);
    }
    if (!executors.strip().equals("1")) {
      return List.of(
          Finding.refuse(
              "%s is %s, but one JVM computes with one GPU. Write: %s"
                  .formatted(EXECUTOR_AMOUNT, executors, conf(EXECUTOR_AMOUNT, "1"))));
    }
    String tasks = spark.getOrDefault(TASK_AMOUNT, "1");
    if (!tasks.strip().matches("1(\\.0*)?")) {
      return List.of(
          Finding.refuse(
              "%s is %s: tasks would share a GPU. Leave it out, or write: %s"
                  .formatted(TASK_AMOUNT, tasks, conf(TASK_AMOUNT, "1"))));
    }
    return List.of();
  }

  private static List<Finding> nobodyAsked(GpuUse use) {
    String text = "no executor is given a GPU. Write: " + conf(EXECUTOR_AMOUNT, "1");
    return List.of(
        use == GpuUse.REQUIRE
            ? Finding.refuse("GPUs are required, but " + text)
            : Finding.mind(text + ". Until then all train on the CPU"));
  }

  private static List<Finding> byStage(Surroundings around) {
    if (around.dynamic()) {
      return List.of();
    }
    return List.of(
        Finding.refuse(
            "%s needs executors that come and go. Write: %s (with what it needs on your cluster), or"
                    .formatted(TRAINING_AMOUNT, conf("spark.dynamicAllocation.enabled", "true"))
                + " %s instead of it".formatted(conf(EXECUTOR_AMOUNT, "1"))));
  }
}
