package affetto.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A Spark's home with Spark's own jars and nothing else, as {@code submit/spark-home} makes it. */
public record SparkHome(Path folder) {

  private static final String SCRIPT = Path.of("submit/spark-home").toAbsolutePath().toString();

  /** Makes one. */
  public static SparkHome in(Path folder) throws IOException, InterruptedException {
    Process script = new ProcessBuilder(SCRIPT, folder.toString()).inheritIO().start();
    assertThat(script.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(script.exitValue()).isZero();
    return new SparkHome(folder);
  }

  /** Jars of the tests' class path, such as the parts of Spark that not every home has. */
  public SparkHome with(String jar) throws IOException {
    boolean found = false;
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      String name = Path.of(path).getFileName().toString();
      if (name.startsWith(jar)) {
        Path link = folder.resolve("jars").resolve(name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(path));
        found = true;
      }
    }
    assertThat(found).as("%s on the class path", jar).isTrue();
    return this;
  }

  /** With the jars of a folder in place of those of the same names and other versions. */
  public SparkHome withOthers(Path others) throws IOException {
    Path jars = folder.resolve("jars");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(others, "*.jar")) {
      for (Path other : all) {
        String name = other.getFileName().toString();
        String versions = name.replaceFirst("-[0-9.]+jar$", "-[0-9]*.jar");
        try (DirectoryStream<Path> same = Files.newDirectoryStream(jars, versions)) {
          Iterator<Path> one = same.iterator();
          assertThat(one).as(versions).hasNext();
          Files.delete(one.next());
        }
        Files.createSymbolicLink(jars.resolve(name), other.toAbsolutePath());
      }
    }
    return this;
  }

  /** All that a submission to Kubernetes needs. */
  public SparkHome withKubernetes() throws IOException {
    for (String jar :
        List.of(
            "spark-kubernetes_",
            "kubernetes-",
            "okhttp-",
            "okio-",
            "logging-interceptor-",
            "zjsonpatch-",
            "snakeyaml-",
            "jackson-dataformat-yaml-",
            "jackson-datatype-jsr310-")) {
      with(jar);
    }
    return this;
  }

  /** The cluster's defaults, for whoever submits. */
  public SparkHome defaults(Map<String, String> settings) throws IOException {
    Files.write(
        folder.resolve("conf/spark-defaults.conf"),
        settings.entrySet().stream().map(s -> s.getKey() + " " + s.getValue()).toList());
    return this;
  }

  /** What {@code submit/affetto} needs in its environment. */
  public Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new TreeMap<>(more);
    environment.put("SPARK_HOME", folder.toString());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    return environment;
  }

  /** Starts a class of Spark's; what it prints goes to a file. */
  public Process start(Path log, Map<String, String> environment, String... words)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(folder.resolve("bin/spark-class").toString());
    builder.command().addAll(List.of(words));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment(environment));
    return builder.start();
  }
}
