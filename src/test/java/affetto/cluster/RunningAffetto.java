package affetto.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code submit/affetto} in a process of its own, whose lines can be waited for. */
public final class RunningAffetto implements AutoCloseable {
  private static final Path SCRIPT = Path.of("submit/affetto").toAbsolutePath();
  private static final long PATIENCE_MINUTES = 6;

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private RunningAffetto(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "lines of affetto " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  public static RunningAffetto start(List<String> arguments) throws IOException {
    return start(arguments, Map.of());
  }

  /** With more in its environment. */
  public static RunningAffetto start(List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("SPARK_HOME");
    // As Spark sets it for executors: with other threads, sums of floats differ in their last bits.
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().putAll(environment);
    return new RunningAffetto(builder.start());
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("the lines ended: " + e);
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  /** Waits until it has printed a line that begins so. */
  public synchronized void awaitLine(String start) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    while (lines.stream().noneMatch(line -> line.startsWith(start))) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      assertThat(ended || left <= 0).as("no line '%s...' in\n%s", start, text()).isFalse();
      wait(left);
    }
  }

  /** SIGKILL: nothing of it gets a chance to tidy up. */
  public void kill() throws InterruptedException {
    assertThat(process.isAlive()).as(text()).isTrue();
    process.destroyForcibly();
    assertThat(process.waitFor()).isEqualTo(128 + 9);
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).as(text()).isTrue();
    return process.exitValue();
  }

  /** All that it has printed, errors included. */
  public synchronized String text() {
    return String.join("\n", lines);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
