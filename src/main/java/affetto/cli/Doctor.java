package affetto.cli;

import affetto.job.MachineCheck;
import affetto.machine.Cuda;
import affetto.machine.Finding;
import affetto.machine.GpuChoice;
import affetto.machine.GpuUse;
import affetto.machine.NvidiaSmi;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.SparkConf;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Looks at what Affetto stands on, by using it. */
final class Doctor {

  private static final long MIB = 1L << 20;
  private static final long LEAST_HEAP_MIB = 900;
  private static final long LEAST_TEMP_MIB = 1024;

  private Doctor() {}

  /**
   * Everything there is to see on this machine, in a fixed order.
   *
   * @param spark what a training would be started with
   */
  static List<Check> examine(SparkConf spark) {
    List<Check> checks = new ArrayList<>();
    checks.add(java());
    checks.add(heap());
    checks.add(memory());
    checks.add(threads());
    checks.addAll(settings(spark));
    checks.add(spark());
    checks.add(hadoop());
    for (String scheme : List.of("file", "hdfs", "s3a")) {
      checks.add(fileSystem(scheme));
    }
    boolean cuda = Cuda.onClassPath();
    NvidiaSmi.Sight gpus = new NvidiaSmi().all();
    if (cuda && gpus.gpus().stream().allMatch(gpu -> gpu.unfit().isPresent())) {
      Cuda.show(GpuChoice.NONE);
    }
    String backend = backend(checks);
    if (!backend.contains("JCublas")) {
      checks.add(oneDnn());
    }
    checks.add(writable("temp", Path.of(System.getProperty("java.io.tmpdir"))));
    checks.add(natives());
    checks.addAll(
        GpuPreflight.judge(gpus, cuda, GpuUse.named(spark.get(GpuUse.KEY, GpuUse.DEFAULT))));
    return checks;
  }

  private static Check java() {
    int feature = Runtime.version().feature();
    String text =
        "%s, %s".formatted(System.getProperty("java.version"), System.getProperty("java.vm.name"));
    return feature == 17
        ? Check.ok("java", text)
        : Check.warn("java", text + ": built and tested on 17 only");
  }

  private static Check heap() {
    long mib = Runtime.getRuntime().maxMemory() / MIB;
    return mib >= LEAST_HEAP_MIB
        ? Check.ok("heap", mib + " MiB at most")
        : Check.warn("heap", mib + " MiB at most: set AFFETTO_HEAP or --driver-memory to 2g");
  }

  private static Check memory() {
    return Check.ok(
        "memory",
        "tensors outside the heap %s, whole process %s"
            .formatted(limit(Pointer.maxBytes()), limit(Pointer.maxPhysicalBytes())));
  }

  /** What a training would refuse. */
  private static List<Check> settings(SparkConf spark) {
    List<Check> checks = new ArrayList<>();
    for (Finding finding : MachineCheck.findings(spark)) {
      checks.add(
          finding.refused()
              ? Check.fail("settings", finding.text())
              : Check.warn("settings", finding.text()));
    }
    return checks.isEmpty()
        ? List.of(Check.ok("settings", "memory, threads and GPUs go together"))
        : checks;
  }

  private static String limit(long bytes) {
    return bytes <= 0 ? "without limit" : bytes / MIB + " MiB at most";
  }

  private static Check threads() {
    String openMp = System.getenv("OMP_NUM_THREADS");
    return Check.ok(
        "threads",
        "%d cores, load %.1f, OMP_NUM_THREADS %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                openMp == null ? "not set" : openMp));
  }

  private static Check spark() {
    String version = org.apache.spark.package$.MODULE$.SPARK_VERSION();
    String text =
        "%s, Scala %s, SPARK_HOME %s"
            .formatted(
                version,
                scala.util.Properties.versionNumberString(),
                System.getenv("SPARK_HOME") == null ? "not set" : System.getenv("SPARK_HOME"));
    return version.startsWith("3.5.")
        ? Check.ok("spark", text)
        : Check.warn("spark", text + ": built and tested on 3.5 only");
  }

  private static Check hadoop() {
    return Check.ok("hadoop", VersionInfo.getVersion());
  }

  private static Check fileSystem(String scheme) {
    try {
      return Check.ok(
          scheme + ":", FileSystem.getFileSystemClass(scheme, new Configuration()).getName());
    } catch (IOException | NoClassDefFoundError e) {
      return Check.fail(scheme + ":", "cannot be read: " + e.getMessage());
    }
  }

  /** Adds the backend's check; returns its class's name, empty where none could be loaded. */
  private static String backend(List<Check> checks) {
    try {
      INDArray ones = Nd4j.ones(64, 64);
      double sum = ones.mmul(ones).sumNumber().doubleValue();
      String name = Nd4j.getBackend().getClass().getSimpleName();
      checks.add(
          sum == 64.0 * 64 * 64
              ? Check.ok("nd4j", name + ", multiplies right")
              : Check.fail("nd4j", name + ": a product of ones sums to " + sum));
      return name;
    } catch (LinkageError | RuntimeException e) {
      checks.add(Check.fail("nd4j", "no backend can be loaded: " + Faults.oneLine(e.toString())));
      return "";
    }
  }

  private static Check oneDnn() {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      String library =
          maps.filter(line -> line.contains("libnd4jcpu"))
              .map(line -> line.substring(line.indexOf('/')))
              .findFirst()
              .orElse("");
      return library.contains("onednn")
          ? Check.ok("onednn", library)
          : Check.warn(
              "onednn",
              "not loaded, convolutions will be 5 times slower: start by submit/affetto, or set"
                  + " -Dorg.bytedeco.javacpp.platform.extension=-onednn");
    } catch (IOException e) {
      return Check.warn("onednn", "cannot tell on this system");
    }
  }

  private static Check natives() {
    try {
      return writable("natives", Loader.getCacheDir().toPath());
    } catch (IOException e) {
      return Check.fail("natives", "no folder for native libraries: " + e.getMessage());
    }
  }

  private static Check writable(String subject, Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, "affetto", ".tmp"));
      FileStore store = Files.getFileStore(folder);
      long free = store.getUsableSpace() / MIB;
      String text = "%s, %d MiB free".formatted(folder, free);
      return free >= LEAST_TEMP_MIB
          ? Check.ok(subject, text)
          : Check.warn(subject, text + ": shuffles and native libraries need more");
    } catch (IOException e) {
      return Check.fail(subject, folder + " cannot be written: " + e.getMessage());
    }
  }
}
