package affetto.train;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** A Spark standalone cluster of real processes on this machine, from the tests' class path. */
final class StandaloneCluster implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  /**
   * Starts a master.
   *
   * @param folder for logs and executors' work
   */
  StandaloneCluster(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket any = new ServerSocket(0)) {
      port = any.getLocalPort();
    }
    // What the worker builds an executor's command from; the class path comes with the settings.
    Files.createDirectories(folder.resolve("spark/jars"));
    start(
        "master",
        Map.of(),
        List.of(
            "org.apache.spark.deploy.master.Master",
            "--host",
            HOST,
            "--port",
            String.valueOf(port),
            "--webui-port",
            "0"));
  }

  /**
   * Starts a worker with two cores.
   *
   * @param path of programs that it and its executors find before all others
   * @param settings its own, of Spark's
   */
  StandaloneCluster worker(String name, Path path, Map<String, String> settings)
      throws IOException {
    Path properties = folder.resolve(name + ".properties");
    Files.write(
        properties,
        settings.entrySet().stream().map(s -> s.getKey() + " " + s.getValue()).toList());
    start(
        name,
        Map.of("PATH", path + ":" + System.getenv("PATH")),
        List.of(
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            HOST,
            "--cores",
            "2",
            "--memory",
            "2g",
            "--webui-port",
            "0",
            "--work-dir",
            work(name).toString(),
            "--properties-file",
            properties.toString(),
            "spark://%s:%d".formatted(HOST, port)));
    return this;
  }

  private void start(String name, Map<String, String> environment, List<String> command)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    words.addAll(
        List.of(
            "-Xmx256m",
            "-Dlog4j2.configurationFile=org/apache/spark/log4j2-defaults.properties",
            "-cp",
            CLASS_PATH));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(words::add);
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().putAll(environment);
    builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    processes.add(builder.start());
  }

  private Path work(String worker) {
    return folder.resolve("work-" + worker);
  }

  /** Settings of an application here whose executors have two cores and our classes. */
  SparkConf conf(String name) {
    return new SparkConf(false)
        .setMaster("spark://%s:%d".formatted(HOST, port))
        .setAppName(name)
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", HOST)
        .set("spark.executor.cores", "2")
        .set("spark.executor.memory", "600m")
        .set("spark.executor.extraClassPath", CLASS_PATH)
        .set(
            "spark.executor.extraJavaOptions",
            "-Dorg.bytedeco.javacpp.platform.extension=-onednn -Dorg.bytedeco.javacpp.maxbytes=500m"
                + " -Dlog4j2.configurationFile=org/apache/spark/log4j2-defaults.properties");
  }

  /** The lines that the executors of an application have logged, all together. */
  List<String> executorLogs(String worker, String application) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(work(worker).resolve(application))) {
      for (Path file : files.filter(file -> file.endsWith("stderr")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      Process process = processes.get(i);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      try {
        process.waitFor(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
