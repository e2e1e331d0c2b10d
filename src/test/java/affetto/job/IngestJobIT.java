package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.audio.AudioFingerprint;
import affetto.audio.StoredAudio;
import affetto.audio.WavWriter;
import affetto.audio.Waveform;
import affetto.fault.BadInputException;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestJobIT {

  private static final String ANGRY = "ravdess-03-01-05-01-01-01-01";
  private static final String HAPPY = "ravdess-03-01-03-01-01-01-01";
  private static final String SILENT = "ravdess-03-01-01-01-01-01-02";
  private static final String SECOND_COPY = "ravdess-03-01-06-01-01-01-03";

  private static SparkSession spark;

  @TempDir Path folder;
  private TestCorpus ravdess;
  private String warehouse;

  @BeforeAll
  static void open() {
    spark = Sessions.open("ingest", TestCorpus.LOCAL);
  }

  @BeforeEach
  void writeEveryOddity() throws IOException {
    warehouse = folder.resolve("a warehouse").toString();
    byte[] good = WavWriter.pcm16(TestCorpus.tone(440, 0.2));
    ravdess =
        new TestCorpus(folder.resolve("ravdess"))
            .bytes("Actor_01/03-01-05-01-01-01-01.wav", good)
            .bytes("Actor_01/03-01-03-01-01-01-01.wav", good)
            .bytes("audio_speech_actors_01-24/Actor_01/03-01-05-01-01-01-01.wav", good)
            .bytes("Actor_02/03-01-04-01-01-01-02.wav", Arrays.copyOf(good, 20))
            .bytes(
                "Actor_02/03-01-01-01-01-01-02.wav",
                WavWriter.pcm16(new Waveform(new float[3200], TestCorpus.RATE)))
            .bytes("Actor_02/03-01-02-01-01-01-02.wav", new byte[20_000])
            .bytes("Actor_02/notes.txt", "not a clip".getBytes(StandardCharsets.UTF_8))
            .bytes("Actor_03/03-01-06-01-01-01-03.wav", new byte[0])
            .bytes("backup/Actor_03/03-01-06-01-01-01-03.wav", good)
            .bytes(".DS_Store", new byte[9])
            .bytes("__MACOSX/Actor_01/._03-01-05-01-01-01-01.wav", new byte[9]);
  }

  private IngestResult ingest(String corpus, Path from) {
    return IngestJob.run(
        spark,
        new IngestSpec(List.of(new CorpusSource(corpus, from.toString())), warehouse, 10_000),
        Progress.SILENT);
  }

  private Map<String, Row> utterances() {
    return spark.read().parquet(warehouse + "/utterances").collectAsList().stream()
        .collect(
            Collectors.toMap(row -> row.getAs(UtteranceTable.UTTERANCE_ID.name()), row -> row));
  }

  @Test
  void takesWhatItCanAndSaysWhyNotTheRest() {
    IngestResult result = ingest("ravdess", ravdess.folder());

    assertThat(result.corpora().get(0).files()).isEqualTo(9);
    assertThat(result.clips()).isEqualTo(4);
    assertThat(result.corpora().get(0).rejectsByKind())
        .isEqualTo(Map.of("audio", 2L, "name", 1L, "same id", 1L, "size", 1L));
    assertThat(utterances().keySet()).containsExactlyInAnyOrder(ANGRY, HAPPY, SILENT, SECOND_COPY);
    assertThat(result.silent()).containsExactly(SILENT);

    List<Row> rejected =
        spark.read().parquet(warehouse + "/rejected").orderBy("uri").collectAsList();
    assertThat(rejected).hasSize(5);
    Row sameId = rejected.get(4);
    assertThat(sameId.<String>getAs("uri"))
        .endsWith("audio_speech_actors_01-24/Actor_01/03-01-05-01-01-01-01.wav");
    assertThat(sameId.<String>getAs("reason"))
        .startsWith("same id: " + ANGRY)
        .endsWith("ravdess/Actor_01/03-01-05-01-01-01-01.wav");
    assertThat(String.join("\n", result.report())).contains("notes.txt", SILENT, "labels conflict");
  }

  /** A server's trouble is no reason to lose what was read from it before. */
  @Test
  void aFileThatCannotBeReadEndsItAndLosesNothing() throws IOException {
    ingest("ravdess", ravdess.folder());
    Path clip = ravdess.folder().resolve("Actor_01/03-01-05-01-01-01-01.wav");
    Files.setLastModifiedTime(clip, FileTime.fromMillis(1_700_000_000_000L));
    failChecksum(clip);
    assertThatThrownBy(() -> ingest("ravdess", ravdess.folder()))
        .hasStackTraceContaining("BadInputException: file:")
        .hasStackTraceContaining(
            "Actor_01/03-01-05-01-01-01-01.wav: cannot be read: "
                + "org.apache.hadoop.fs.ChecksumException");
    assertThat(utterances().keySet()).containsExactlyInAnyOrder(ANGRY, HAPPY, SILENT, SECOND_COPY);
  }

  /** Hadoop looks at a local file's checksums, where there are any, and reads no more. */
  private static void failChecksum(Path file) throws IOException {
    int block = 512;
    ByteBuffer checksums =
        ByteBuffer.allocate(8 + Integer.BYTES * (int) (1 + Files.size(file) / block));
    checksums.put("crc\0".getBytes(StandardCharsets.US_ASCII)).putInt(block);
    Files.write(file.resolveSibling("." + file.getFileName() + ".crc"), checksums.array());
  }

  @Test
  void keepsTheSoundWithoutLossAndWhatTheNameSays() {
    ingest("ravdess", ravdess.folder());

    Row row = utterances().get(ANGRY);
    Waveform tone = TestCorpus.tone(440, 0.2);
    Waveform stored =
        new StoredAudio(
                row.getAs("audio_encoding"), row.getAs("audio"), row.<Integer>getAs("sample_rate"))
            .toWaveform();
    assertThat(stored.samples()).hasSameSizeAs(tone.samples());
    for (int i = 0; i < tone.samples().length; i++) {
      assertThat(stored.samples()[i])
          .isBetween(tone.samples()[i] - 1f / 32768, tone.samples()[i] + 1f / 32768);
    }
    assertThat(row.<String>getAs("audio_fingerprint")).isEqualTo(AudioFingerprint.of(stored));
    assertThat(row.<Double>getAs("duration_s")).isEqualTo(0.2);
    assertThat(row.<String>getAs("emotion")).isEqualTo("angry");
    assertThat(row.<String>getAs("gender")).isEqualTo("male");
    assertThat(row.<String>getAs("speaker")).isEqualTo("ravdess-01");
    assertThat(row.<String>getAs("corpus")).isEqualTo("ravdess");
  }

  @Test
  void flagsRecordingsUnderSeveralNamesInTheWholeWarehouse() throws IOException {
    ingest("ravdess", ravdess.folder());
    Map<String, Row> alone = utterances();
    assertThat(alone.get(HAPPY).<String>getAs("duplicate_of")).isNull();
    assertThat(alone.get(ANGRY).<String>getAs("duplicate_of")).isEqualTo(HAPPY);
    assertThat(alone.get(ANGRY).<Boolean>getAs("label_conflict")).isTrue();
    assertThat(alone.get(SILENT).<Boolean>getAs("label_conflict")).isFalse();

    // The same recording in another corpus whose ids come first: the others' flags change.
    TestCorpus cremad =
        new TestCorpus(folder.resolve("cremad")).tone("AudioWAV/1001_DFA_ANG_XX.wav", 440, 0.2);
    IngestResult both = ingest("cremad", cremad.folder());
    String first = "cremad-1001_DFA_ANG_XX";
    assertThat(both.duplicates()).hasSize(1);
    assertThat(both.duplicates().get(0).utterances())
        .containsExactly(first, HAPPY, ANGRY, SECOND_COPY);
    Map<String, Row> rows = utterances();
    assertThat(rows).hasSize(5);
    assertThat(rows.get(first).<String>getAs("duplicate_of")).isNull();
    assertThat(rows.get(HAPPY).<String>getAs("duplicate_of")).isEqualTo(first);
    assertThat(rows.get(SILENT).<String>getAs("duplicate_of")).isNull();
  }

  @Test
  void replacesOneCorpusAndLeavesTheOthers() throws IOException {
    TestCorpus cremad =
        new TestCorpus(folder.resolve("cremad")).tone("AudioWAV/1001_DFA_ANG_XX.wav", 300, 0.2);
    ingest("cremad", cremad.folder());
    ingest("ravdess", ravdess.folder());
    Files.delete(ravdess.folder().resolve("Actor_01/03-01-03-01-01-01-01.wav"));
    ingest("ravdess", ravdess.folder());

    assertThat(utterances().keySet())
        .containsExactlyInAnyOrder("cremad-1001_DFA_ANG_XX", ANGRY, SILENT, SECOND_COPY);
    assertThat(utterances().get(ANGRY).<String>getAs("duplicate_of")).isNull();
    // A reader that knows nothing of _files.json sees what counts, and nothing else.
    assertThat(UtteranceTable.metadata(spark, new Warehouse(warehouse)).inputFiles())
        .containsExactlyInAnyOrderElementsOf(files());
  }

  @Test
  void readsOnlyFilesThatAreNewOrHaveChanged() throws IOException {
    // What was taken from a second copy, as the first is broken, is looked at anew each time.
    Files.delete(ravdess.folder().resolve("Actor_03/03-01-06-01-01-01-03.wav"));
    ingest("ravdess", ravdess.folder());
    Map<String, Row> before = utterances();
    List<String> files = files();
    assertThat(ingest("ravdess", ravdess.folder()).corpora().get(0).fresh()).isZero();
    assertThat(files()).isEqualTo(files);

    ravdess.tone("Actor_04/03-01-05-01-01-01-04.wav", 700, 0.2);
    IngestResult more = ingest("ravdess", ravdess.folder());
    assertThat(more.corpora().get(0).fresh()).isEqualTo(1);
    assertThat(more.clips()).isEqualTo(5);
    assertThat(more.corpora().get(0).rejectsByKind())
        .isEqualTo(Map.of("audio", 1L, "name", 1L, "same id", 1L, "size", 1L));
    assertThat(files()).as("what was there is left as it is").containsAll(files).hasSize(2);
    assertThat(utterances()).hasSize(5).containsAllEntriesOf(before);

    // As long as before, and another sound.
    Path changed = ravdess.folder().resolve("Actor_04/03-01-05-01-01-01-04.wav");
    ravdess.tone("Actor_04/03-01-05-01-01-01-04.wav", 800, 0.2);
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1_700_000_000_000L));
    assertThat(ingest("ravdess", ravdess.folder()).corpora().get(0).fresh()).isEqualTo(1);
    assertThat(utterances()).hasSize(5).containsAllEntriesOf(before);
    Files.delete(changed);
    IngestResult less = ingest("ravdess", ravdess.folder());
    assertThat(less.corpora().get(0).fresh()).isZero();
    assertThat(utterances()).isEqualTo(before);
  }

  private List<String> files() {
    return Arrays.stream(spark.read().parquet(warehouse + "/utterances").inputFiles())
        .sorted()
        .toList();
  }

  @Test
  void aFolderThatIsNotThereOrEmptyIsTheUsersMistake() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty/Actor_01"));
    assertThatThrownBy(() -> ingest("ravdess", folder.resolve("nowhere")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("ravdess")
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> ingest("ravdess", empty))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> ingest("emodb", ravdess.folder()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("emodb");
    assertThat(Path.of(warehouse)).doesNotExist();
  }
}
