package affetto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.servers.S3Proxy;
import affetto.servers.Servers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The keys to a real S3, given by Spark's settings and by the environment, are in nothing that a
 * pipeline prints, logs or leaves: console, tables, models, event logs.
 */
class SecretsIT {

  private static final Path SCRIPT = Path.of("submit/affetto").toAbsolutePath();

  @TempDir private static Path folder;

  private String run(int code, Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(words);
    Path console = Files.createTempFile(folder, "console", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(console.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(console);
    assertThat(process.exitValue()).as(text).isEqualTo(code);
    assertThat(text).doesNotContain(S3Proxy.SECRET);
    return text;
  }

  private static List<String> options(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("spark.eventLog.enabled", "true");
    all.put("spark.eventLog.dir", folder.resolve("events").toUri().toString());
    // Everything that Spark knows to say about its settings.
    all.put("spark.logConf", "true");
    List<String> options = new ArrayList<>(List.of("--master", "local[2]"));
    all.forEach((key, value) -> options.addAll(List.of("--conf", key + "=" + value)));
    options.add("--");
    return options;
  }

  private static List<String> and(List<String> options, String... command) {
    return Stream.concat(options.stream(), Stream.of(command)).toList();
  }

  @Test
  void aPipelineLeavesNoSecretBehind() throws Exception {
    Files.createDirectories(folder.resolve("events"));
    String root = Servers.s3().uri() + "/secrets";
    String corpora = folder.resolve("corpora").toString();
    Outcome synth = Outcome.run("synth", "--out", corpora, "--speakers", "2", "--clips", "6");
    assertThat(synth.code()).as(synth.err()).isZero();
    List<String> bySettings = options(Servers.s3().settings());
    run(
        0,
        Map.of(),
        and(
            bySettings,
            "ingest",
            "--debug",
            "--corpus",
            "savee=" + corpora + "/savee",
            "--warehouse",
            root + "/w"));
    List<String> byEnvironment = options(Servers.s3().address());
    Map<String, String> keys =
        Map.of("AWS_ACCESS_KEY_ID", S3Proxy.IDENTITY, "AWS_SECRET_ACCESS_KEY", S3Proxy.SECRET);
    run(
        0,
        keys,
        and(
            byEnvironment,
            "sweep",
            "--warehouse",
            root + "/w",
            "--feature-set",
            "recipe-162",
            "--sweep",
            "conf/sweep-clean.conf"));
    run(
        0,
        keys,
        and(
            byEnvironment,
            "train",
            "--warehouse",
            root + "/w",
            "--store",
            root + "/s",
            "--network",
            "mllib-logistic",
            "--protocol",
            "speaker",
            "--set",
            "train.folds=2"));
    String refused =
        run(
            3,
            Map.of("AWS_ACCESS_KEY_ID", "nobody", "AWS_SECRET_ACCESS_KEY", "x" + S3Proxy.SECRET),
            and(byEnvironment, "models", "list", "--debug", "--store", root + "/s"));
    assertThat(refused).contains("AccessDenied");
    assertNothingHoldsIt(root);
  }

  private static void assertNothingHoldsIt(String root) throws IOException {
    FileSystem files =
        new org.apache.hadoop.fs.Path(root).getFileSystem(Servers.s3().configuration());
    int stored = 0;
    RemoteIterator<LocatedFileStatus> all =
        files.listFiles(new org.apache.hadoop.fs.Path(root), true);
    while (all.hasNext()) {
      org.apache.hadoop.fs.Path path = all.next().getPath();
      try (var in = files.open(path)) {
        assertThat(text(in.readAllBytes())).as(path.toString()).doesNotContain(S3Proxy.SECRET);
      }
      stored++;
    }
    assertThat(stored).isGreaterThan(10);
    List<Path> events;
    try (Stream<Path> logs = Files.walk(folder.resolve("events"))) {
      events = logs.filter(Files::isRegularFile).toList();
    }
    assertThat(events).hasSizeGreaterThanOrEqualTo(3);
    for (Path log : events) {
      String text = text(unpacked(log));
      assertThat(text).as(log.toString()).doesNotContain(S3Proxy.SECRET);
      assertThat(text).contains("fs.s3a.secret.key\":\"*********(redacted)\"");
    }
  }

  private static byte[] unpacked(Path log) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    if (!log.toString().endsWith(".zstd")) {
      return bytes;
    }
    try (var in = new com.github.luben.zstd.ZstdInputStream(new ByteArrayInputStream(bytes))) {
      return in.setContinuous(true).readAllBytes();
    }
  }

  /** A secret is ASCII, wherever it stands. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void mistakesRepeatNoSecret() throws Exception {
    String address = "s3a://" + S3Proxy.IDENTITY + ":" + S3Proxy.SECRET + "@affetto/w";
    String setting = "spark.hadoop.fs.s3a.secret.key=" + S3Proxy.SECRET;
    for (String[] command :
        List.of(
            new String[] {"ingest", "--corpus", "savee=" + address, "--warehouse", "w"},
            new String[] {"models", "list", "--store", address},
            new String[] {"models", "list", "--store=" + address, "--debug"},
            new String[] {"doctor", "--conf", setting},
            new String[] {"doctor", "--set", setting},
            new String[] {"doctor", setting})) {
      Outcome outcome = Outcome.run(command);
      assertThat(outcome.code()).isIn(ExitCodes.BAD_INPUT, ExitCodes.USAGE);
      assertThat(outcome.err()).startsWith("affetto: ").doesNotContain(S3Proxy.SECRET);
    }
    String unprefixed = "fs.s3a.secret.key=" + S3Proxy.SECRET;
    run(ExitCodes.USAGE, Map.of(), List.of("--conf", unprefixed, "--", "doctor"));
    run(ExitCodes.USAGE, Map.of(), List.of(unprefixed, "--", "doctor"));
  }
}
