package affetto.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** A Spark standalone cluster of real processes on this machine. */
public final class StandaloneCluster implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final String TENSORS =
      "-Dorg.bytedeco.javacpp.platform.extension=-onednn -Dorg.bytedeco.javacpp.maxbytes=500m ";

  private final Path folder;
  private final Path home;
  private final String classPath;
  private final int port;
  private final List<Process> daemons = new ArrayList<>();

  /**
   * Starts a master from the tests' class path.
   *
   * @param folder for logs and executors' work
   */
  public StandaloneCluster(Path folder) throws IOException {
    // What a worker builds commands from, and may be empty; the class path comes with the settings.
    this(
        folder,
        Files.createDirectories(folder.resolve("home/jars")).getParent(),
        Libraries.andTests());
  }

  /**
   * Starts a master from a Spark's own home.
   *
   * @param folder for logs and executors' work
   */
  public StandaloneCluster(Path folder, Path home) throws IOException {
    this(folder, home, home + "/jars/*");
  }

  private StandaloneCluster(Path folder, Path home, String classPath) throws IOException {
    this.folder = folder;
    this.home = home;
    this.classPath = classPath;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
    start("master", Map.of(), "org.apache.spark.deploy.master.Master", "--port", port + "");
  }

  /**
   * Starts a worker, or two at a time.
   *
   * @param path of programs that it and its executors find before all others
   * @param settings its own, of Spark's
   */
  public StandaloneCluster worker(String name, int cores, Path path, Map<String, String> settings)
      throws IOException {
    Path properties = folder.resolve(name + ".properties");
    Files.write(
        properties,
        settings.entrySet().stream().map(s -> s.getKey() + " " + s.getValue()).toList());
    start(
        name,
        Map.of("PATH", path + ":" + System.getenv("PATH")),
        "org.apache.spark.deploy.worker.Worker",
        "--cores",
        cores + "",
        "--memory",
        "3g",
        "--work-dir",
        work(name).toString(),
        "--properties-file",
        properties.toString(),
        url());
    return this;
  }

  /** The same with nothing of its own. */
  public StandaloneCluster worker(String name, int cores) throws IOException {
    return worker(name, cores, folder, Map.of());
  }

  private void start(String name, Map<String, String> environment, String daemon, String... more)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    words.addAll(Libraries.archive());
    words.addAll(
        List.of(
            "-Xmx256m",
            "-Dlog4j2.configurationFile=org/apache/spark/log4j2-defaults.properties",
            "-cp",
            classPath));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(words::add);
    words.addAll(List.of(daemon, "--host", HOST, "--webui-port", "0"));
    words.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().putAll(environment);
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    daemons.add(builder.start());
  }

  /** Waits until a worker has found the master, so that what is submitted need not wait for it. */
  public StandaloneCluster await(String worker) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    Path log = folder.resolve(worker + ".log");
    while (!Files.readString(log).contains("Successfully registered with master")) {
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
      Thread.sleep(100);
    }
    return this;
  }

  /** Waits until the master listens. */
  public StandaloneCluster await() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!listens()) {
      assertThat(System.nanoTime()).as("a master that listens").isLessThan(end);
      Thread.sleep(100);
    }
    return this;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  public String url() {
    return "spark://" + HOST + ":" + port;
  }

  private Path work(String worker) {
    return folder.resolve("work-" + worker);
  }

  /** Settings of an application here whose executors have two cores and the tests' classes. */
  public SparkConf conf(String name) {
    return new SparkConf(false)
        .setMaster(url())
        .setAppName(name)
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", HOST)
        .set("spark.executor.cores", "2")
        .set("spark.executor.memory", "600m")
        .set("spark.executor.extraClassPath", Libraries.andTests())
        .set(
            "spark.executor.extraJavaOptions",
            TENSORS
                + "-Dlog4j2.configurationFile=org/apache/spark/log4j2-defaults.properties "
                + String.join(" ", Libraries.archive()));
  }

  /**
   * What {@code submit/affetto} needs in front of its {@code --} where there is no Spark's home:
   * executors of one core each.
   */
  public List<String> submitOptions() {
    return List.of(
        "--master",
        url(),
        "--executor-memory",
        "700m",
        "--executor-cores",
        "1",
        "--conf",
        "spark.driver.host=" + HOST,
        "--conf",
        "spark.ui.enabled=false",
        "--conf",
        "spark.executor.extraClassPath=" + Libraries.andClasses(),
        "--conf",
        "spark.executor.extraJavaOptions=" + TENSORS + String.join(" ", Libraries.archive()));
  }

  /** The executors' processes. */
  public List<ProcessHandle> executors() {
    return daemons.stream()
        .flatMap(Process::descendants)
        .filter(process -> commandLine(process).contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** The JDK's own is cut after a page, which a class path fills. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    } catch (IOException e) {
      return "";
    }
  }

  /** The lines that the executors of an application have logged, all together. */
  public List<String> executorLogs(String worker, String application) throws IOException {
    return logs(work(worker).resolve(application));
  }

  /** The lines that drivers have printed, standard output and errors. */
  public List<String> driverLogs(String worker) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> drivers = Files.list(work(worker))) {
      for (Path driver :
          drivers.filter(d -> d.getFileName().toString().startsWith("driver-")).toList()) {
        lines.addAll(logs(driver));
      }
    }
    return lines;
  }

  private static List<String> logs(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.endsWith("stderr") || f.endsWith("stdout")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @Override
  public void close() {
    Stream.concat(
            daemons.stream().flatMap(Process::descendants).toList().stream(),
            daemons.stream().map(Process::toHandle))
        .forEach(ProcessHandle::destroyForcibly);
    try {
      for (Process daemon : daemons) {
        daemon.waitFor(20, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
