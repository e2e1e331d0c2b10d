package affetto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the jar for spark-submit holds, and above all what it does not. */
class ShadedJarIT {

  /** Roots of packages that may be in the jar. A new one is a decision, not an accident. */
  private static final Set<String> ALLOWED =
      Set.of(
          "affetto",
          // S3A and the parts of the SDK that it calls
          "com.amazonaws",
          "com.fasterxml.jackson.dataformat.cbor",
          "org.apache.hadoop.fs.s3a",
          "org.apache.hadoop.fs.s3native",
          "org.apache.hadoop.fs.s3guard",
          "org.apache.http",
          "org.apache.spark.internal.io.cloud",
          "org.wildfly.openssl",
          "software.amazon.ion",
          // sound
          // Deeplearning4j, and what it cannot do without
          "org.bytedeco.javacpp",
          "org.bytedeco.openblas",
          "org.datavec",
          "org.deeplearning4j",
          "org.eclipse.deeplearning4j",
          "org.nd4j",
          "onnx",
          "tensorflow",
          "org.tensorflow",
          "com.google.thirdparty.publicsuffix",
          "com.jakewharton.byteunits",
          "com.sun.jna",
          "com.tdunning.math",
          "de.javakaffee.kryoserializers",
          "freemarker",
          "it.unimi.dsi.fastutil",
          "javax.json",
          "net.ericaro.neoitertools",
          "org.apache.commons.net",
          "org.apache.spark.TaskContextHelper",
          "org.glassfish.json",
          "org.threeten.bp",
          "oshi");

  private static JarFile jar;
  private static List<String> names;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(System.getProperty("affetto.jar"));
    names = jar.stream().map(JarEntry::getName).toList();
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void everyClassLiesUnderAnAllowedRoot() {
    Set<String> strangers =
        names.stream()
            .filter(name -> name.endsWith(".class"))
            .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
            .filter(name -> ALLOWED.stream().noneMatch(root -> under(name, root)))
            .map(name -> name.replaceFirst("\\.[^.]*$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(strangers).isEmpty();
  }

  private static boolean under(String name, String root) {
    return name.startsWith(root + ".") || name.equals(root) || name.startsWith(root + "$");
  }

  @Test
  void whatTheClusterBringsStaysOut() {
    assertThat(names)
        .noneMatch(name -> name.startsWith("org/apache/spark/sql/"))
        .noneMatch(name -> name.startsWith("org/apache/hadoop/conf/"))
        .noneMatch(name -> name.startsWith("scala/"))
        .noneMatch(name -> name.startsWith("org/slf4j/"))
        .noneMatch(name -> name.startsWith("org/apache/logging/"))
        .noneMatch(name -> name.startsWith("com/esotericsoftware/"))
        .noneMatch(name -> name.startsWith("com/fasterxml/jackson/databind/"))
        .noneMatch(name -> name.startsWith("javax/activation/"));
  }

  @Test
  void onlyConfigAndPicocliAreRelocated() {
    assertThat(names)
        .contains(
            "affetto/shaded/config/Config.class",
            "affetto/shaded/picocli/CommandLine.class",
            "org/nd4j/linalg/factory/Nd4j.class",
            "org/bytedeco/javacpp/Loader.class")
        .noneMatch(name -> name.startsWith("com/typesafe/") || name.startsWith("picocli/"));
  }

  @Test
  void theNativesAreThereForOnePlatform() {
    String bindings = "org/nd4j/linalg/cpu/nativecpu/bindings/";
    assertThat(names)
        .contains(
            bindings + "linux-x86_64-onednn/libnd4jcpu.so",
            bindings + "linux-x86_64-onednn/libjnind4jcpu.so",
            bindings + "linux-x86_64/libnd4jcpu.so",
            "org/bytedeco/openblas/linux-x86_64/libopenblas.so.0",
            "org/bytedeco/javacpp/linux-x86_64/libjnijavacpp.so")
        .filteredOn(name -> name.matches(".*\\.(so|dll|dylib|jnilib)(\\.\\d+)*"))
        .allMatch(name -> name.contains("linux-x86_64") || name.contains("linux-x86-64"));
  }

  @Test
  void servicesAreMergedAndSignaturesGone() {
    assertThat(lines("META-INF/services/org.nd4j.linalg.factory.Nd4jBackend"))
        .contains("org.nd4j.linalg.cpu.nativecpu.CpuBackend");
    assertThat(names)
        .contains("affetto/reference.conf")
        .doesNotHaveDuplicates()
        .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
        .noneMatch(name -> name.endsWith("module-info.class"))
        .noneMatch(name -> name.startsWith("META-INF/versions/"));
  }

  @Test
  void itStartsWithTheCommandLine() throws IOException {
    assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
        .isEqualTo("affetto.cli.Main");
    assertThat(jar.getManifest().getMainAttributes().getValue("Multi-Release")).isNull();
  }

  private static List<String> lines(String entry) {
    try (var stream = jar.getInputStream(jar.getEntry(entry))) {
      return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
