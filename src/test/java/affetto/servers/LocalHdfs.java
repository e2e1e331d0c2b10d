package affetto.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A name node and a data node in processes of their own, by {@code submit/local-hdfs}. */
public final class LocalHdfs implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Path folder;
  private final int port;
  private Process script;

  /** Starts them over an empty folder. */
  public LocalHdfs(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.port = Servers.freePort();
    start();
  }

  /** Starts them (again), and waits until a data node has reported. */
  public void start() throws IOException, InterruptedException {
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    script =
        new ProcessBuilder(
                Path.of("submit/local-hdfs").toAbsolutePath().toString(),
                folder.toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.readString(log).contains("Ctrl-C stops both")) {
      assertThat(script.isAlive() && System.nanoTime() < end).as(Files.readString(log)).isTrue();
      Thread.sleep(100);
    }
  }

  /** SIGKILL to both servers. */
  public void kill() throws InterruptedException {
    List<ProcessHandle> servers = script.descendants().toList();
    assertThat(servers).hasSizeGreaterThanOrEqualTo(2);
    servers.forEach(ProcessHandle::destroyForcibly);
    script.waitFor();
  }

  public String uri() {
    return "hdfs://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    script.descendants().forEach(ProcessHandle::destroyForcibly);
    script.destroyForcibly();
  }
}
