package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.cluster.RunningAffetto;
import affetto.cluster.SparkHome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@code submit/affetto} sends to Kubernetes: the real client of Spark's, against a server
 * that takes everything and writes it down. There is no Kubernetes behind it.
 */
@Timeout(300)
class KubernetesIT {

  private final ConcurrentLinkedQueue<JsonNode> sent = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> paths = new ConcurrentLinkedQueue<>();
  private final ObjectMapper json = new ObjectMapper();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Answers with what was sent, as the API's server does, and calls it made. */
  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    byte[] answer =
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":404}".getBytes(StandardCharsets.UTF_8);
    int code = 404;
    if (body.length > 0) {
      ObjectNode resource = (ObjectNode) json.readTree(body);
      sent.add(resource.deepCopy());
      paths.add(exchange.getRequestURI().getPath());
      ((ObjectNode) resource.path("metadata")).put("uid", "uid-" + sent.size());
      answer = json.writeValueAsBytes(resource);
      code = exchange.getRequestMethod().equals("POST") ? 201 : 200;
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private JsonNode only(String kind) {
    List<JsonNode> ofKind =
        sent.stream().filter(node -> node.path("kind").asText().equals(kind)).toList();
    assertThat(ofKind).as(kind).isNotEmpty();
    return ofKind.get(0);
  }

  @Test
  void theDriversPodIsThatOfOurTemplateAndProperties() throws Exception {
    SparkHome home =
        SparkHome.in(Path.of("target/spark-for-kubernetes").toAbsolutePath()).withKubernetes();
    String url = "k8s://http://127.0.0.1:" + server.getAddress().getPort();
    List<String> words =
        List.of(
            "--master",
            url,
            "--deploy-mode",
            "cluster",
            "--properties-file",
            "conf/spark-kubernetes.properties",
            "--conf",
            "spark.kubernetes.submission.waitAppCompletion=false",
            "--",
            "models",
            "list",
            "--store",
            "s3a://models/store");
    Map<String, String> environment =
        home.environment(Map.of("AFFETTO_JAR", "local:///opt/affetto/affetto-all.jar"));
    try (RunningAffetto submission = RunningAffetto.start(words, environment)) {
      assertThat(submission.exitCode()).as(submission.text()).isZero();
    }
    JsonNode pod = only("Pod");
    assertThat(paths).contains("/api/v1/namespaces/affetto/pods");
    assertThat(pod.at("/metadata/labels").path("app.kubernetes.io/part-of").asText())
        .isEqualTo("affetto");
    assertThat(pod.at("/metadata/annotations").path("prometheus.io/port").asText())
        .isEqualTo("4040");
    assertThat(pod.at("/spec/serviceAccountName").asText()).isEqualTo("affetto");
    assertThat(pod.at("/spec/affinity/nodeAffinity").isMissingNode()).isFalse();
    JsonNode driver = pod.at("/spec/containers/0");
    assertThat(driver.path("image").asText()).isEqualTo("registry.example/affetto:0.1.0");
    // Heap of 2g and an overhead of 1536m.
    assertThat(driver.at("/resources/limits/memory").asText()).isEqualTo("3584Mi");
    theTemplatesEnvironmentIsTheOneThatExecutorsGet(driver.path("env"));
    assertThat(json.convertValue(driver.path("args"), String[].class))
        .containsSubsequence("--class", "affetto.cli.Main")
        .endsWith(
            "local:///opt/affetto/affetto-all.jar",
            "models",
            "list",
            "--store",
            "s3a://models/store");
    theExecutorsTemplateAndSettingsGoWithIt();
  }

  /** What the driver's template says of threads and of malloc, the script says to executors. */
  private void theTemplatesEnvironmentIsTheOneThatExecutorsGet(JsonNode variables)
      throws IOException {
    Map<String, String> template = new TreeMap<>();
    for (JsonNode variable : variables) {
      String name = variable.path("name").asText();
      // Of how long threads spin the script says nothing where a policy is chosen, as these tests
      // do.
      if (name.matches("(OMP|MALLOC)_.*")) {
        template.put("spark.executorEnv." + name, variable.path("value").asText());
      }
    }
    assertThat(template).hasSize(4);
    assertThat(settings()).containsAllEntriesOf(template);
  }

  private void theExecutorsTemplateAndSettingsGoWithIt() throws IOException {
    assertThat(configMaps()).anyMatch(map -> map.toString().contains("podAntiAffinity"));
    Properties settings = settings();
    assertThat(settings).containsEntry("spark.executor.memoryOverhead", "2g");
    assertThat(settings.getProperty("spark.executor.extraJavaOptions"))
        .contains("-Dorg.bytedeco.javacpp.maxphysicalbytes=6g");
  }

  /** Spark's own settings, as they go with the driver. */
  private Properties settings() throws IOException {
    Properties settings = new Properties();
    for (JsonNode map : configMaps()) {
      settings.load(new StringReader(map.path("spark.properties").asText()));
    }
    return settings;
  }

  private List<JsonNode> configMaps() {
    return sent.stream()
        .filter(node -> node.path("kind").asText().equals("ConfigMap"))
        .map(node -> node.path("data"))
        .toList();
  }
}
