package affetto.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.History$;
import org.apache.spark.internal.config.UI$;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code conf/*.properties}: every key is one that Spark knows, and the memory fits. */
class SparkPropertiesTest {

  private static final Path CONF = Path.of("conf");

  /** Spark takes any key that begins so; the first are ours, for GPUs alone. */
  private static final List<String> OPEN_ENDED =
      List.of(
          "spark.affetto.gpu",
          "spark.affetto.training.gpu.",
          "spark.executor.resource.gpu.",
          "spark.metrics.conf.*.sink.prometheusServlet.",
          "spark.kubernetes.driver.annotation.prometheus.io/");

  /** Older than Spark's registry of keys. */
  private static final List<String> UNREGISTERED = List.of("spark.master", "spark.local.dir");

  @BeforeAll
  static void sparkRegistersItsKeys() throws ClassNotFoundException {
    for (Object keys : List.of(UI$.MODULE$, History$.MODULE$)) {
      assertThat(keys).isNotNull();
    }
    for (String keys :
        List.of(
            "org.apache.spark.internal.config.package$",
            "org.apache.spark.deploy.k8s.Config$",
            "org.apache.spark.deploy.yarn.config.package$")) {
      Class.forName(keys);
    }
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files
          .filter(file -> file.toString().endsWith(".properties"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
    return settings;
  }

  @Test
  void thereIsOneForEveryKindOfCluster() throws IOException {
    assertThat(files().map(file -> file.getFileName().toString()))
        .contains(
            "spark-standalone.properties",
            "spark-yarn.properties",
            "spark-kubernetes.properties",
            "spark-local.properties");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyKeyIsOneOfSparks(Path file) throws IOException {
    assertThat(read(file).keySet())
        .filteredOn(key -> OPEN_ENDED.stream().noneMatch(key::startsWith))
        .allSatisfy(SparkPropertiesTest::isSparks);
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsCommentedOutIsSparksToo(Path file) throws IOException {
    assertThat(Files.readAllLines(file))
        .filteredOn(line -> line.startsWith("#spark."))
        .extracting(line -> line.substring(1).split("\\s+", 2)[0])
        .allSatisfy(SparkPropertiesTest::isSparks);
  }

  @ParameterizedTest
  @MethodSource("files")
  void theMemoryFits(Path file) throws IOException {
    Map<String, String> settings = read(file);
    settings.putIfAbsent("spark.master", master(file.getFileName().toString()));
    // As submit/affetto does.
    settings.putIfAbsent("spark.executor.memoryOverhead", "1536m");
    settings.putIfAbsent(
        "spark.executor.extraJavaOptions",
        "-Dorg.bytedeco.javacpp.platform.extension=-onednn -Dorg.bytedeco.javacpp.maxbytes=1G"
            + " -Dorg.bytedeco.javacpp.maxphysicalbytes=5632m");
    Map<String, String> jvm = new TreeMap<>();
    JavaOptions driver = JavaOptions.of(settings.getOrDefault("spark.driver.extraJavaOptions", ""));
    for (String name : List.of("platform.extension", "maxbytes", "maxphysicalbytes")) {
      String key = "org.bytedeco.javacpp." + name;
      driver.property(key).ifPresent(value -> jvm.put(key, value));
    }
    long heap = Bytes.ofSpark(settings.getOrDefault("spark.driver.memory", "2g")).orElseThrow();
    jvm.putIfAbsent("org.bytedeco.javacpp.maxbytes", "1G");
    Surroundings around = new Surroundings(settings, jvm, heap, 16L << 30, 4);
    assertThat(MemoryRules.judge(around)).isEmpty();
    assertThat(ThreadRules.judge(around)).isEmpty();
  }

  private static void isSparks(String key) {
    assertThat(UNREGISTERED.contains(key) || ConfigEntry.findEntry(key) != null).as(key).isTrue();
  }

  private static String master(String file) {
    if (file.contains("yarn")) {
      return "yarn";
    }
    return file.contains("kubernetes") ? "k8s://https://host:6443" : "spark://host:7077";
  }
}
