package affetto.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that says how the JVMs of a run are set up, seen from the driver before anything is trained.
 *
 * @param spark Spark's settings by key
 * @param jvm the driver's system properties
 * @param heap the driver's at most, in bytes
 * @param memory of the driver's machine or container, in bytes
 * @param processors that the driver may use
 */
public record Surroundings(
    Map<String, String> spark, Map<String, String> jvm, long heap, long memory, int processors) {

  public Surroundings {
    spark = Map.copyOf(spark);
    jvm = Map.copyOf(jvm);
  }

  /** Those of this JVM, under these settings of Spark's. */
  public static Surroundings here(Map<String, String> spark) {
    return new Surroundings(
        spark,
        text(System.getProperties()),
        Runtime.getRuntime().maxMemory(),
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize(),
        Runtime.getRuntime().availableProcessors());
  }

  private static Map<String, String> text(Properties properties) {
    return properties.stringPropertyNames().stream()
        .collect(
            Collectors.toMap(
                name -> name, properties::getProperty, (one, other) -> other, TreeMap::new));
  }

  /** {@code local[*]} where none is set, as everywhere in this program. */
  String master() {
    return spark.getOrDefault("spark.master", "local[*]");
  }

  /** Whether driver and executors are one JVM. */
  boolean local() {
    return master().equals("local") || master().startsWith("local[");
  }

  /** Whether the cluster counts the whole memory of a process and kills what takes too much. */
  boolean containers() {
    return master().equals("yarn") || master().startsWith("k8s://");
  }

  /** Whether the driver runs in such a container, too. */
  boolean driverInContainer() {
    // In its pod Kubernetes' driver is started once more, in client mode.
    return containers()
        && (setting("spark.submit.deployMode", "client").equals("cluster")
            || Boolean.parseBoolean(setting("spark.kubernetes.submitInDriver", "false")));
  }

  /** Whether executors come and go with the work. */
  boolean dynamic() {
    return Boolean.parseBoolean(spark.getOrDefault("spark.dynamicAllocation.enabled", "false"));
  }

  String setting(String key, String otherwise) {
    return spark.getOrDefault(key, otherwise);
  }

  /** A whole number from 1 to 999999; the other where it is not set, or is none. */
  int number(String key, int otherwise) {
    String text = setting(key, "").strip();
    return text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : otherwise;
  }

  /** A setting as it stands on a command line. */
  static String conf(String key, String value) {
    String setting = key + "=" + value;
    return setting.contains(" ")
        ? "--conf \"%s\"".formatted(setting.replace("\"", "\\\""))
        : "--conf " + setting;
  }
}
