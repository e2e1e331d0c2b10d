package affetto.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spark's history server, over a folder of event logs with a single application. */
public final class HistoryServer implements AutoCloseable {

  private static final Pattern STARTED = Pattern.compile("HistoryServer.*started at (http://\\S+)");

  private final Process process;
  private String application;

  private HistoryServer(Process process) {
    this.process = process;
  }

  /** Starts it, and waits until it has read the log. */
  public static HistoryServer start(SparkHome home, Path events)
      throws IOException, InterruptedException {
    Path log = events.resolveSibling("history-server.log");
    HistoryServer server =
        new HistoryServer(
            home.start(
                log,
                Map.of(
                    "SPARK_DAEMON_MEMORY",
                    "300m",
                    "SPARK_HISTORY_OPTS",
                    "-Dspark.history.fs.logDirectory=%s -Dspark.history.ui.port=0"
                        .formatted(events.toUri())),
                "org.apache.spark.deploy.history.HistoryServer"));
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (server.application == null) {
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
      Matcher started = STARTED.matcher(Files.readString(log));
      if (started.find()) {
        String applications = started.group(1) + "/api/v1/applications";
        JsonNode all = read(applications);
        if (!all.isEmpty()) {
          server.application = applications + "/" + all.get(0).get("id").asText();
        }
      }
      Thread.sleep(200);
    }
    return server;
  }

  private static JsonNode read(String url) throws IOException {
    return new ObjectMapper().readTree(URI.create(url).toURL());
  }

  /** What the application's jobs are called. */
  public List<String> descriptions() throws IOException {
    List<String> descriptions = new ArrayList<>();
    for (JsonNode job : read(application + "/jobs")) {
      descriptions.add(job.path("description").asText("no description: " + job.path("name")));
    }
    return descriptions;
  }

  /** What the tasks that have failed have failed with. */
  public List<String> failuresOfTasks() throws IOException {
    List<String> failures = new ArrayList<>();
    for (JsonNode stage : read(application + "/stages?details=true")) {
      for (JsonNode task : stage.path("tasks")) {
        if (task.path("status").asText().equals("FAILED")) {
          failures.add(task.path("errorMessage").asText());
        }
      }
    }
    return failures;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
