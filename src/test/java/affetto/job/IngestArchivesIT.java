package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.archive.Archives;
import affetto.audio.WavWriter;
import affetto.fault.BadInputException;
import affetto.servers.Servers;
import affetto.table.UtteranceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A corpus in archives, on a real HDFS: the rows are those of the folder that was packed. */
class IngestArchivesIT {

  @TempDir static Path folder;
  private static SparkSession spark;
  private static MiniDFSCluster hdfs;
  private static Path corpus;
  private static List<Row> rows;
  private static List<String> rejections;

  @BeforeAll
  static void start() throws IOException {
    hdfs = Servers.hdfs();
    spark = Sessions.open("archives", TestCorpus.LOCAL);
    corpus = writeCorpus(folder.resolve("ravdess"));
    put(corpus, "/plain/ravdess");
    IngestResult plain = ingest("ravdess", "/plain/ravdess", "/w/plain");
    rows = rows("/w/plain");
    rejections = rejections(plain);
    assertThat(rows).hasSize(100);
    assertThat(rejections).hasSize(5);
  }

  /** 100 clips, some MiB, that are read by several tasks; and what is no clip. */
  private static Path writeCorpus(Path to) throws IOException {
    TestCorpus corpus = new TestCorpus(to);
    Random random = new Random(1);
    for (int actor = 1; actor <= 10; actor++) {
      for (int i = 1; i <= 10; i++) {
        String name = "Actor_%1$02d/03-01-%2$02d-01-0%3$d-01-%1$02d.wav";
        byte[] wav = WavWriter.pcm16(TestCorpus.tone(100 + random.nextInt(4000), 4 + i / 10.0));
        corpus.bytes(name.formatted(actor, 1 + i % 8, 1 + i / 8 % 2), wav);
      }
    }
    // The first by path of two that make the same utterance is silent rubbish.
    return corpus
        .bytes("Actor_00 copy/03-01-05-01-01-01-01.wav", new byte[50])
        .bytes("Actor_11/03-01-05-01-01-01-11.wav", new byte[5000])
        .bytes("Actor_11/03-01-06-01-01-01-11.wav", new byte[0])
        .bytes("Actor_11/03-01-07-01-01-01-11.wav", new byte[2 << 20])
        .bytes("Actor_11/notes \u00e9.txt", "no clip".getBytes(StandardCharsets.UTF_8))
        .bytes("__MACOSX/Actor_01/._03-01-05-01-01-01-01.wav", new byte[9])
        .bytes(".DS_Store", new byte[9])
        .folder();
  }

  private static void put(Path from, String to) throws IOException {
    FileSystem files = hdfs.getFileSystem();
    org.apache.hadoop.fs.Path there = new org.apache.hadoop.fs.Path(to);
    files.mkdirs(there.getParent());
    files.copyFromLocalFile(new org.apache.hadoop.fs.Path(from.toUri()), there);
  }

  private static void put(byte[] bytes, String to) throws IOException {
    Path local = Files.write(folder.resolve("packed"), bytes);
    put(local, to);
  }

  private static IngestResult ingest(String id, String from, String warehouse) {
    String root = hdfs.getURI().toString();
    return IngestJob.run(
        spark,
        new IngestSpec(List.of(new CorpusSource(id, root + from)), root + warehouse, 1 << 20),
        Progress.SILENT);
  }

  /** All columns but where and how old a file is, in the order in which they lie in the files. */
  private static List<Row> rows(String warehouse) {
    return spark
        .read()
        .parquet(hdfs.getURI() + warehouse + "/utterances")
        .drop(UtteranceTable.URI.name(), UtteranceTable.FILE_MODIFIED.name())
        .collectAsList();
  }

  /** Reasons in the order of paths, without the paths. */
  private static List<String> rejections(IngestResult result) {
    return result.corpora().get(0).rejections().stream()
        .map(rejection -> rejection.reason().replaceAll(" was taken from .*/", ""))
        .toList();
  }

  /** The corpus's files, in another order than that of their paths. */
  private static Map<String, byte[]> files(String under) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> all = Files.walk(corpus)) {
      all.filter(Files::isRegularFile).sorted().forEach(paths::add);
    }
    java.util.Collections.shuffle(paths, new Random(2));
    for (Path path : paths) {
      files.put(under + corpus.relativize(path), Files.readAllBytes(path));
    }
    return files;
  }

  private static byte[] pack(String name, Map<String, byte[]> files) {
    try {
      return switch (name) {
        case "zip" -> Archives.zip(files);
        case "tar" -> Archives.tar(files);
        default -> Archives.gzip(Archives.tar(files));
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "tar", "tar.gz"})
  void oneArchiveGivesTheFoldersRows(String kind) throws IOException {
    put(pack(kind, files("some folder/")), "/one/r " + kind + "." + kind);
    IngestResult result = ingest("ravdess", "/one/r " + kind + "." + kind, "/w/" + kind);
    assertThat(rows("/w/" + kind)).isEqualTo(rows);
    assertThat(rejections(result)).isEqualTo(rejections);
    assertThat(result.corpora().get(0).files()).isEqualTo(105);
    // A second time nothing has changed; but of two files that make the same utterance the first
    // could not be taken, and gets a new try.
    IngestResult again = ingest("ravdess", "/one/r " + kind + "." + kind, "/w/" + kind);
    assertThat(again.corpora().get(0).fresh()).isOne();
    assertThat(rows("/w/" + kind)).hasSameElementsAs(rows);
  }

  /** An archive an actor, of all kinds, beside a folder that stayed as it is. */
  @Test
  void archivesLieBesidePlainFiles() throws IOException {
    Map<String, Map<String, byte[]>> actors = new LinkedHashMap<>();
    files("")
        .forEach(
            (name, bytes) ->
                actors
                    .computeIfAbsent(name.replaceFirst("/.*", ""), key -> new LinkedHashMap<>())
                    .put(name, bytes));
    List<String> kinds = List.of("zip", "tar", "tgz", "");
    int next = 0;
    for (Map.Entry<String, Map<String, byte[]>> actor : actors.entrySet()) {
      String kind = kinds.get(next++ % kinds.size());
      if (kind.isEmpty() || actor.getKey().startsWith(".") || actor.getKey().startsWith("_")) {
        put(corpus.resolve(actor.getKey()), "/mixed/" + actor.getKey());
      } else {
        put(pack(kind, actor.getValue()), "/mixed/" + actor.getKey() + "." + kind);
      }
    }
    IngestResult result = ingest("ravdess", "/mixed", "/w/mixed");
    assertThat(rows("/w/mixed")).isEqualTo(rows);
    assertThat(rejections(result)).isEqualTo(rejections);
    assertThat(
            spark
                .read()
                .parquet(hdfs.getURI() + "/w/mixed/utterances")
                .select("uri")
                .collectAsList())
        .anyMatch(row -> row.getString(0).contains(".zip!/Actor_"))
        .noneMatch(row -> row.getString(0).contains("!/!"));
  }

  /** What is damaged is rejected with a reason; everything else is taken at the first attempt. */
  @Test
  void damageCostsWhatIsDamaged() throws IOException {
    byte[] wav = WavWriter.pcm16(TestCorpus.tone(440, 0.2));
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String emotion : List.of("a", "d", "f", "h")) {
      files.put("DC/%s01.wav".formatted(emotion), wav);
    }
    files.put("inner.zip", Archives.zip(files));
    files.put("../DC/sa01.wav", wav);
    byte[] zip = Archives.zip(files);
    byte[] wrong = Archives.withRecord(zip, 1, record -> record.putInt(16, 7));
    put(wrong, "/savee/damaged.zip");
    put(Arrays.copyOf(zip, zip.length / 2), "/savee/half.zip");
    put(wav, "/savee/wave.tar");
    put(Archives.zip(Map.of("a02.wav", wav)), "/savee/JE.zip");
    IngestResult result = ingest("savee", "/savee", "/w/savee");
    assertThat(result.clips()).isEqualTo(4);
    String at = hdfs.getURI() + "/savee/";
    assertThat(result.corpora().get(0).rejections())
        .containsExactly(
            new IngestResult.Rejection(
                at + "damaged.zip!/../DC/sa01.wav", "archive: its name leads out of the archive"),
            new IngestResult.Rejection(
                at + "damaged.zip!/DC/d01.wav", "archive: damaged: its checksum is wrong"),
            new IngestResult.Rejection(
                at + "damaged.zip!/inner.zip",
                "archive: it lies in another one; only the outer one is opened"),
            new IngestResult.Rejection(
                at + "half.zip",
                "archive: not a zip, or cut short: it has no directory at its end"),
            new IngestResult.Rejection(at + "wave.tar", "archive: not a tar"));
    assertThat(spark.sparkContext().statusTracker().getActiveStageIds()).isEmpty();
    // Not in a folder of its speaker, but in an archive named like one.
    assertThat(rows("/w/savee"))
        .extracting(row -> row.<String>getAs("utterance_id"))
        .contains("savee-JE_a02");
  }

  @Test
  void anArchiveThatCannotBeOpenedIsTheUsersMistake() throws IOException {
    put(new byte[100], "/broken/x.zip");
    assertThatThrownBy(() -> ingest("tess", "/broken/x.zip", "/w/broken"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("corpus tess")
        .hasMessageContaining("x.zip: archive: not a zip");
    put(new byte[100], "/broken/x.rar");
    assertThatThrownBy(() -> ingest("tess", "/broken/x.rar", "/w/broken"))
        .hasMessageContaining("neither a folder nor an archive (.zip, .tar, .tar.gz, .tgz)");
  }
}
