package affetto.train;

import affetto.fault.RefusedException;
import affetto.machine.Cuda;
import affetto.machine.GpuChoice;
import affetto.machine.GpuUse;
import affetto.machine.NvidiaSmi;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * What a JVM trains on: one GPU, or the CPU. CUDA looks at it once, so it must be fixed before ND4J
 * loads: {@link DevicePlugin} does so when an executor starts, and the first task does where a
 * session has been started without.
 *
 * @param use what is wished for
 * @param addresses of the GPUs that the JVM was given
 * @param choice among them
 * @param spoilt why the choice could not be carried out; else empty
 */
record Device(GpuUse use, List<String> addresses, GpuChoice choice, String spoilt) {

  private static final String RESOURCE = "gpu";

  /** Decided once for each JVM that trains, by what its first task was given. */
  private static final class Here {
    private static final Device DEVICE =
        fix(SparkEnv.get().conf(), TaskContext.get().resourcesJMap());
  }

  /**
   * The device of the executor that runs this task.
   *
   * @throws RefusedException if a GPU is required and there is none that is fit, or if the task was
   *     given another one than its executor computes with
   */
  static Device of(TaskContext task) {
    Device device = Here.DEVICE;
    if (!device.spoilt.isEmpty()) {
      throw refusal(device.spoilt);
    }
    if (device.use == GpuUse.REQUIRE && !device.choice.isGpu()) {
      throw refusal(device.choice.why());
    }
    List<String> given = given(SparkEnv.get().conf(), task.resourcesJMap());
    if (device.choice.isGpu() && !given.equals(device.addresses)) {
      throw refusal(
          "it computes with GPU %s, but a task was given %s"
              .formatted(device.choice.visible(), given.isEmpty() ? "none" : given));
    }
    return device;
  }

  static RefusedException refusal(String why) {
    return new RefusedException("%s cannot train: %s".formatted(executor(), why));
  }

  /** {@code executor 3 on host}. */
  static String executor() {
    SparkEnv spark = SparkEnv.get();
    return "executor %s on %s"
        .formatted(spark.executorId(), spark.blockManager().blockManagerId().host());
  }

  /** Chooses among what this JVM was given, and shows CUDA the choice. */
  static Device fix(SparkConf conf, Map<String, ResourceInformation> resources) {
    GpuUse use = GpuUse.named(conf.get(GpuUse.KEY, GpuUse.DEFAULT));
    List<String> given = given(conf, resources);
    boolean cuda = Cuda.onClassPath();
    GpuChoice choice = GpuChoice.of(use, cuda, given, new NvidiaSmi());
    return new Device(use, given, choice, cuda ? show(choice.visible()) : "");
  }

  /** Returns why it cannot be shown; else nothing. */
  private static String show(String devices) {
    try {
      if (Cuda.shown().orElse("").equals(devices)) {
        return "";
      }
      if (Cuda.isLoaded()) {
        return "ND4J was loaded before its GPU was fixed; the session must be started with"
            + " spark.plugins="
            + DevicePlugin.class.getName();
      }
      Cuda.show(devices);
      return "";
    } catch (IllegalStateException | LinkageError e) {
      return "CUDA_VISIBLE_DEVICES cannot be set: " + e.getMessage();
    }
  }

  /** Where driver and executors are one JVM: what its user shows CUDA, or the machine's first. */
  private static List<String> given(SparkConf conf, Map<String, ResourceInformation> resources) {
    ResourceInformation gpus = resources.get(RESOURCE);
    if (gpus != null) {
      return List.of(gpus.addresses());
    }
    String shown = System.getenv().getOrDefault("CUDA_VISIBLE_DEVICES", "0").strip();
    return !inOneJvm(conf) || shown.isEmpty() || shown.startsWith("-")
        ? List.of()
        : List.of(shown.split(",", -1)[0]);
  }

  static boolean inOneJvm(SparkConf conf) {
    return conf.get("spark.master", "local").matches("local(\\[.*)?");
  }
}
