package affetto.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.archive.Archives.InMemory;
import affetto.archive.Contents.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zips of other programs are read; what is wrong in one costs what is wrong, and nothing more. */
class ZipTest {

  private static final byte[] NOISE = new byte[200_000];
  private static final byte[] ZEROS = new byte[100_000];
  private static final byte[] WORDS =
      "say the word back".repeat(99).getBytes(StandardCharsets.UTF_8);

  static {
    new Random(1).nextBytes(NOISE);
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a/noise.wav", NOISE);
    files.put("a/", new byte[0]);
    files.put("a/zeros \u00e9.wav", ZEROS);
    files.put("words", WORDS);
    files.put("empty", new byte[0]);
    return files;
  }

  private static Contents list(byte[] zip) throws ArchiveException, IOException {
    return Contents.list(ArchiveKind.ZIP, new InMemory(zip));
  }

  private static void assertHolds(byte[] zip, Map<String, byte[]> files)
      throws ArchiveException, IOException {
    Contents contents = list(zip);
    assertThat(contents.faults()).isEmpty();
    Map<String, byte[]> wanted = new LinkedHashMap<>(files);
    wanted.keySet().removeIf(name -> name.endsWith("/"));
    assertThat(contents.members())
        .extracting(Member::name)
        .containsExactlyElementsOf(wanted.keySet());
    for (Member member : contents.members()) {
      assertThat(Members.read(new InMemory(zip), member)).isEqualTo(wanted.get(member.name()));
    }
  }

  private static Fault onlyFault(byte[] zip) throws ArchiveException, IOException {
    Contents contents = list(zip);
    assertThat(contents.faults()).hasSize(1);
    return contents.faults().get(0);
  }

  @Test
  void readsTheJdksZips() throws Exception {
    assertHolds(Archives.zip(files()), files());
  }

  @ParameterizedTest
  @CsvSource({"0, Never", "0, Always", "8, Never", "8, AlwaysWithCompatibility", "8, Always"})
  void readsStoredDeflatedAndLargeOnes(int method, Zip64Mode mode) throws Exception {
    Map<String, byte[]> files = files();
    files.remove("a/");
    assertHolds(Archives.zip(files, method, mode), files);
  }

  @Test
  void readsMoreMembersThanSixteenBitsCount() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 70_000; i++) {
      files.put("x" + i, new byte[] {(byte) i});
    }
    byte[] zip = Archives.zip(files);
    Contents contents = list(zip);
    assertThat(contents.members()).hasSize(70_000);
    assertThat(Members.read(new InMemory(zip), contents.members().get(69_999)))
        .containsExactly(69_999);
  }

  @Test
  void aCommentMayStandAtTheEnd() throws Exception {
    byte[] zip = Archives.zip(files());
    byte[] comment = "PK\5\6 not an end".getBytes(StandardCharsets.US_ASCII);
    byte[] commented = Arrays.copyOf(zip, zip.length + comment.length);
    System.arraycopy(comment, 0, commented, zip.length, comment.length);
    commented[zip.length - 2] = (byte) comment.length;
    assertHolds(commented, files());
  }

  @ParameterizedTest
  @CsvSource({
    "../evil.wav, leads out",
    "a/../../evil.wav, leads out",
    "..\\evil.wav, leads out",
    "/etc/passwd, absolute",
    "C:/evil.wav, absolute",
    "'a\nb.wav', control",
    "'a\u202eb.wav', control",
  })
  void refusesNamesThatNoFileBelowCouldHave(String name, String reason) throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("good", WORDS);
    files.put(name, WORDS);
    byte[] zip = Archives.zip(files);
    assertThat(onlyFault(zip).reason()).contains(reason);
    assertThat(onlyFault(zip).name()).doesNotContain("\n");
    assertThat(list(zip).members()).extracting(Member::name).containsExactly("good");
  }

  @Test
  void passesOverDotsThatMeanNothing() throws Exception {
    byte[] zip = Archives.zip(Map.of("./a//b.wav", WORDS));
    assertThat(list(zip).members()).extracting(Member::name).containsExactly("a/b.wav");
  }

  @Test
  void refusesNamesThatStandTwice() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a/b", WORDS);
    files.put("c", WORDS);
    files.put("a/./b", ZEROS);
    byte[] zip = Archives.zip(files);
    assertThat(onlyFault(zip))
        .isEqualTo(new Fault("a/b", "its name stands 2 times in the archive"));
    assertThat(list(zip).members()).extracting(Member::name).containsExactly("c");
  }

  @Test
  void refusesLinksAndDevices() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (int mode : new int[] {0120777, 0020666, 0100644}) {
        ZipArchiveEntry entry = new ZipArchiveEntry("m" + mode);
        entry.setUnixMode(mode);
        zip.putArchiveEntry(entry);
        zip.write("/etc/passwd".getBytes(StandardCharsets.US_ASCII));
        zip.closeArchiveEntry();
      }
    }
    Contents contents = list(out.toByteArray());
    assertThat(contents.members()).hasSize(1);
    assertThat(contents.faults())
        .extracting(Fault::reason)
        .containsExactly("a link, which is not followed", "neither a file nor a folder");
  }

  /** One of several members is spoilt: it alone is refused, with a reason. */
  @ParameterizedTest
  @CsvSource({
    "8, 1, encrypted",
    "8, 8192, encrypted",
    "10, 14, packed by method 14",
    "10, 99, packed by method 99",
  })
  void refusesWhatCannotBeRead(int at, short value, String reason) throws Exception {
    byte[] zip =
        Archives.withRecord(Archives.zip(files()), 3, record -> record.putShort(at, value));
    assertThat(onlyFault(zip)).satisfies(fault -> assertThat(fault.name()).isEqualTo("words"));
    assertThat(onlyFault(zip).reason()).startsWith(reason);
    assertThat(list(zip).members()).hasSize(3);
  }

  private static void assertSpoilt(Consumer<ByteBuffer> change, String reason) throws Exception {
    byte[] zip = Archives.withRecord(Archives.zip(files()), 3, change);
    Contents contents = list(zip);
    int read = 0;
    for (Member member : contents.members()) {
      if (member.name().equals("words")) {
        assertThatThrownBy(() -> Members.read(new InMemory(zip), member))
            .isInstanceOf(ArchiveException.class)
            .hasMessageContaining(reason);
      } else {
        assertThat(Members.read(new InMemory(zip), member)).isEqualTo(files().get(member.name()));
        read++;
      }
    }
    assertThat(read).isEqualTo(3);
  }

  @Test
  void refusesWhatIsNotWhatTheDirectorySays() throws Exception {
    int length = WORDS.length;
    assertSpoilt(record -> record.putInt(16, 0x1234), "its checksum is wrong");
    assertSpoilt(record -> record.putInt(24, length - 1), "unfolds to more than");
    assertSpoilt(record -> record.putInt(24, length + 1), "unfolds to " + length);
    assertSpoilt(record -> record.putInt(20, 5), "end too early");
    assertSpoilt(record -> record.putInt(42, record.getInt(42) + 1), "its header is not");
  }

  @Test
  void refusesSizesThatCannotBe() throws Exception {
    byte[] ratio =
        Archives.withRecord(Archives.zip(files()), 3, record -> record.putInt(24, 1 << 30));
    assertThat(onlyFault(ratio).reason()).contains("announces 1073741824 bytes").contains("cannot");
    byte[] stored = Archives.zip(Map.of("a", WORDS), ZipEntry.STORED, Zip64Mode.Never);
    byte[] longer = Archives.withRecord(stored, 0, record -> record.putInt(24, WORDS.length + 9));
    assertThat(onlyFault(longer).reason()).contains("cannot unfold to");
  }

  /** Many members over the same packed bytes. */
  @Test
  void refusesMembersThatShareTheirBytes() throws Exception {
    byte[] zip = Archives.zip(files());
    byte[] shared = Archives.withRecord(zip, 3, record -> record.putInt(42, 0));
    assertThat(list(shared).faults())
        .extracting(Fault::name)
        .containsExactly("a/noise.wav", "words");
    assertThat(list(shared).members()).hasSize(2);
    byte[] beyond = Archives.withRecord(zip, 4, record -> record.putInt(20, 1 << 20));
    assertThat(list(beyond).faults()).extracting(Fault::name).containsExactly("empty");
  }

  @Test
  void refusesBombs() throws Exception {
    byte[] zeros = new byte[60 << 20];
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 18; i++) {
      files.put("z" + i, zeros);
    }
    byte[] zip = Archives.zip(files);
    assertThat(zip.length).isLessThan(2 << 20);
    assertThatThrownBy(() -> list(zip))
        .isInstanceOf(ArchiveException.class)
        .hasMessageStartingWith("a bomb: its ");
  }

  @Test
  void refusesWhatIsNoZip() throws Exception {
    byte[] zip = Archives.zip(files());
    assertRefused(new byte[0], "not a zip");
    assertRefused(WORDS, "not a zip, or cut short");
    assertRefused(Arrays.copyOf(zip, zip.length - 30), "not a zip, or cut short");
    assertRefused(Arrays.copyOfRange(zip, 100, zip.length), "damaged");
    assertRefused(end(zip, 4, 1), "split into several files");
    assertRefused(end(zip, 10, 900), "cannot hold");
    assertRefused(end(zip, 10, 1), "holds more than it announces");
    assertRefused(end(zip, 16, 0), "something else than members");
  }

  private static byte[] end(byte[] zip, int at, int value) {
    byte[] changed = zip.clone();
    ByteBuffer bytes = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(zip.length - 22 + at, (short) value);
    return changed;
  }

  private static void assertRefused(byte[] zip, String reason) {
    assertThatThrownBy(() -> list(zip))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(reason);
  }
}
