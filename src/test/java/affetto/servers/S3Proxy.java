package affetto.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/** s3proxy over a folder of this disk, with one bucket; it checks signatures. */
public final class S3Proxy {

  public static final String IDENTITY = "local-identity";
  public static final String SECRET = "sEcReT-0f-the-TeSts+4711";

  private static final String BUCKET = "affetto";
  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final int port;
  private Process process;

  private S3Proxy(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static S3Proxy start(Path folder) {
    try {
      Files.createDirectories(folder.resolve("data").resolve(BUCKET));
      S3Proxy server = new S3Proxy(folder, Servers.freePort());
      server.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> server.process.destroyForcibly()));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it (again), and waits until it answers. */
  public void start() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("s3proxy.properties"),
            """
            s3proxy.endpoint=http://127.0.0.1:%d
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=filesystem
            jclouds.identity=any
            jclouds.credential=any
            jclouds.filesystem.basedir=%s
            """
                .formatted(port, IDENTITY, SECRET, folder.resolve("data")));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                Path.of("target/s3/s3proxy.jar").toAbsolutePath().toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("s3proxy.log").toFile()))
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!answers()) {
      assertThat(process.isAlive() && System.nanoTime() < end)
          .as(Files.readString(folder.resolve("s3proxy.log")))
          .isTrue();
    }
  }

  private boolean answers() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (java.net.ConnectException e) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
      return false;
    }
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The URI of its bucket. */
  public String uri() {
    return "s3a://" + BUCKET;
  }

  /** How to reach it, in Spark's settings; who may is another matter. */
  public Map<String, String> address() {
    return new TreeMap<>(
        Map.of(
            "spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:" + port,
            "spark.hadoop.fs.s3a.endpoint.region", "us-east-1",
            "spark.hadoop.fs.s3a.path.style.access", "true",
            "spark.hadoop.fs.s3a.connection.ssl.enabled", "false"));
  }

  /** Address and credentials, in Spark's settings. */
  public Map<String, String> settings() {
    Map<String, String> settings = address();
    settings.put("spark.hadoop.fs.s3a.access.key", IDENTITY);
    settings.put("spark.hadoop.fs.s3a.secret.key", SECRET);
    return settings;
  }

  /** The same in Hadoop's. */
  public Configuration configuration() {
    Configuration conf = new Configuration();
    settings().forEach((key, value) -> conf.set(key.substring("spark.hadoop.".length()), value));
    return conf;
  }
}
