package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Spark master and a worker as processes of their own, on this machine. */
final class StandaloneCluster implements AutoCloseable {
  private static final Path CLASSES = Path.of("target/classes").toAbsolutePath();
  private static final Path CLASS_PATH = Path.of("target/embedded-class-path");
  private static final String HOST = "127.0.0.1";

  private final Path folder;
  private final String classPath;
  private final int port;
  private final List<Process> daemons = new ArrayList<>();

  /**
   * Starts both.
   *
   * @param folder for their files
   * @param cores of the worker
   */
  StandaloneCluster(Path folder, int cores) throws IOException, InterruptedException {
    this.folder = folder;
    this.classPath = CLASSES + ":" + Files.readString(CLASS_PATH).strip();
    this.port = freePort();
    // Executors are started from a Spark's home, which may hold no jar as long as it is there.
    Files.createDirectories(folder.resolve("home/jars"));
    start("org.apache.spark.deploy.master.Master", "--host", HOST, "--port", port + "");
    awaitMaster();
    start(
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        HOST,
        "-c",
        cores + "",
        "-m",
        "3g",
        "-d",
        folder.resolve("work").toString(),
        url());
  }

  private void start(String daemon, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("java", "-Xmx256m", "-cp", classPath, daemon, "--webui-port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("daemon-" + daemons.size() + ".log").toFile());
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    daemons.add(builder.start());
  }

  private void awaitMaster() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!listens()) {
      assertThat(System.nanoTime()).as("a master that listens").isLessThan(end);
      Thread.sleep(100);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String url() {
    return "spark://" + HOST + ":" + port;
  }

  /** What {@code submit/affetto} needs in front of its {@code --}: executors of one core each. */
  List<String> submitOptions() {
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
        "spark.executor.extraClassPath=" + classPath,
        "--conf",
        "spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.platform.extension=-onednn -Dorg.bytedeco.javacpp.maxbytes=500m");
  }

  /** The executors' processes. */
  List<ProcessHandle> executors() {
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

  @Override
  public void close() {
    Stream.concat(
            daemons.stream().flatMap(Process::descendants).toList().stream(),
            daemons.stream().map(Process::toHandle))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
