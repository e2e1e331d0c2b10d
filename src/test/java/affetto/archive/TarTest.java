package affetto.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.archive.Archives.InMemory;
import affetto.archive.Contents.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tars of other programs are read; where one is damaged, what stood before is not lost. */
class TarTest {

  private static final byte[] NOISE = new byte[70_001];
  private static final byte[] WORDS =
      "say the word back".repeat(99).getBytes(StandardCharsets.UTF_8);
  private static final String LONG = "folder/".repeat(30) + "03-01-05-01-01-01-12.wav";

  static {
    new Random(1).nextBytes(NOISE);
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a/noise.wav", NOISE);
    files.put("a/", new byte[0]);
    files.put(LONG, WORDS);
    files.put("\u00e9.wav", WORDS);
    files.put("empty", new byte[0]);
    return files;
  }

  private static Contents list(byte[] tar) throws ArchiveException, IOException {
    return Contents.list(ArchiveKind.TAR, new InMemory(tar));
  }

  private static Contents listPacked(byte[] tar) throws ArchiveException, IOException {
    return Contents.list(ArchiveKind.TAR_GZ, new InMemory(tar));
  }

  private static byte[] with(TarArchiveEntry odd) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      Archives.add(tar, new TarArchiveEntry("before"), WORDS);
      Archives.add(tar, odd, odd.isLink() || odd.isSymbolicLink() ? new byte[0] : WORDS);
      Archives.add(tar, new TarArchiveEntry("behind"), NOISE);
    }
    return out.toByteArray();
  }

  private static void assertOnlyOddIsRefused(byte[] tar, String reason) throws Exception {
    Contents contents = list(tar);
    assertThat(contents.faults()).extracting(Fault::reason).containsExactly(reason);
    assertThat(contents.members()).extracting(Member::name).containsExactly("before", "behind");
    assertThat(Members.read(new InMemory(tar), contents.members().get(1))).isEqualTo(NOISE);
  }

  @ParameterizedTest
  @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.LONGFILE_GNU})
  void readsOtherProgramsTars(int longNames) throws Exception {
    byte[] tar = Archives.tar(files(), longNames);
    Contents contents = list(tar);
    assertThat(contents.faults()).isEmpty();
    assertThat(contents.members())
        .extracting(Member::name)
        .containsExactly("a/noise.wav", LONG, "\u00e9.wav", "empty");
    for (Member member : contents.members()) {
      assertThat(Members.read(new InMemory(tar), member)).isEqualTo(files().get(member.name()));
    }
    // Compressed it lists the same, and places are those in the uncompressed one.
    assertThat(listPacked(Archives.gzip(tar))).isEqualTo(contents);
  }

  @Test
  void readsPrefixesAndLargeNumbers() throws Exception {
    byte[] tar = Archives.tar(Map.of("name", WORDS));
    byte[] prefix = "some/folder".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(prefix, 0, tar, 345, prefix.length);
    // The size as a binary number.
    Arrays.fill(tar, 124, 136, (byte) 0);
    tar[124] = (byte) 0x80;
    tar[134] = (byte) (WORDS.length >> 8);
    tar[135] = (byte) WORDS.length;
    Contents contents = list(summed(tar));
    assertThat(contents.members())
        .containsExactly(new Member("some/folder/name", WORDS.length, new Member.InTar(512)));
  }

  /** Puts in the right checksum of the first header. */
  private static byte[] summed(byte[] tar) {
    Arrays.fill(tar, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += tar[i] & 0xff;
    }
    byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, tar, 148, 8);
    return tar;
  }

  @Test
  void refusesLinksDevicesAndSparseFiles() throws Exception {
    TarArchiveEntry link = new TarArchiveEntry("odd", TarConstants.LF_SYMLINK);
    link.setLinkName("/etc/passwd");
    assertOnlyOddIsRefused(with(link), "a link, which is not followed");
    TarArchiveEntry hard = new TarArchiveEntry("odd", TarConstants.LF_LINK);
    hard.setLinkName("before");
    assertOnlyOddIsRefused(with(hard), "a link, which is not followed");
    assertOnlyOddIsRefused(
        with(new TarArchiveEntry("odd", TarConstants.LF_CHR)), "neither a file nor a folder");
    assertOnlyOddIsRefused(
        with(new TarArchiveEntry("odd", TarConstants.LF_GNUTYPE_SPARSE)),
        "a sparse file, which is not read");
  }

  @ParameterizedTest
  @CsvSource({"../evil, its name leads out of the archive", "/evil, its name is an absolute path"})
  void refusesNamesThatLeadOut(String name, String reason) throws Exception {
    assertOnlyOddIsRefused(with(new TarArchiveEntry(name, true)), reason);
  }

  @Test
  void refusesNamesThatStandTwice() throws Exception {
    byte[] tar = with(new TarArchiveEntry("./before"));
    assertThat(list(tar).members()).extracting(Member::name).containsExactly("behind");
    assertThat(list(tar).faults())
        .containsExactly(new Fault("before", "its name stands 2 times in the archive"));
  }

  /** Readers that believe such a time compute on it for hours. */
  @Test
  void believesNoExtendedHeader() throws Exception {
    byte[] tar = extended("atime=1e999999999");
    assertThat(list(tar).members()).extracting(Member::name).containsExactly("odd");
    assertThat(list(extended("path=a/b")).members())
        .extracting(Member::name)
        .containsExactly("a/b");
    assertFault(extended("size=-5"), "its extended header says a size of -5");
    assertFault(extended("size"), "its extended header is damaged");
    assertFault(extended("GNU.sparse.major=1"), "a sparse file, which is not read");
    TarArchiveEntry sized = new TarArchiveEntry("odd");
    sized.addPaxHeader("SCHILY.xattr.user.x", "y".repeat(70_000));
    assertOnlyOddIsRefused(with(sized), "its extended header has more than 65536 bytes");
  }

  private static byte[] extended(String record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      byte[] body =
          "%d %s\n".formatted(record.length() + 4, record).getBytes(StandardCharsets.US_ASCII);
      Archives.add(tar, new TarArchiveEntry("x", TarConstants.LF_PAX_EXTENDED_HEADER_LC), body);
      Archives.add(tar, new TarArchiveEntry("odd"), WORDS);
    }
    return out.toByteArray();
  }

  private static void assertFault(byte[] tar, String reason) throws Exception {
    assertThat(list(tar).members()).isEmpty();
    assertThat(list(tar).faults()).extracting(Fault::reason).containsExactly(reason);
  }

  @Test
  void keepsWhatStoodBeforeTheDamage() throws Exception {
    byte[] tar = with(new TarArchiveEntry("odd"));
    Contents cut = list(Arrays.copyOf(tar, 512 + 2048 + 512 + 100));
    assertThat(cut.members()).extracting(Member::name).containsExactly("before", "odd");
    assertThat(cut.faults().get(0).reason()).startsWith("cut short after ");
    byte[] spoilt = tar.clone();
    spoilt[512 + 2048 + 5] ^= 1;
    Contents damaged = list(spoilt);
    assertThat(damaged.members()).extracting(Member::name).containsExactly("before");
    assertThat(damaged.faults())
        .containsExactly(new Fault("", "damaged at byte 2560: what stood behind is lost"));
  }

  @Test
  void trustsNoMemberOfACompressedTarWithAWrongChecksum() throws Exception {
    byte[] packed = Archives.gzip(Archives.tar(files()));
    byte[] wrong = packed.clone();
    wrong[packed.length - 6] ^= 1;
    assertRefused(wrong, "damaged: ");
    byte[] torn = packed.clone();
    torn[packed.length / 2] ^= 0x55;
    assertRefused(torn, "damaged: ");
    Contents cut = listPacked(Arrays.copyOf(packed, packed.length - 20));
    assertThat(cut.faults().get(0).reason()).startsWith("cut short");
    assertThat(cut.members()).isNotEmpty();
  }

  @Test
  void refusesWhatIsNoTar() {
    assertThatThrownBy(() -> list(NOISE)).hasMessage("not a tar");
    assertRefused(WORDS, "damaged: Not in GZIP format");
    assertRefused(new byte[0], "cut short");
  }

  @Test
  void refusesBombs() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    byte[] header = Archives.tar(Map.of("bomb", WORDS));
    byte[] size = "17777777777\0".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, header, 124, 12);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(summed(header), 0, 512);
      for (int i = 0; i < 1100; i++) {
        gzip.write(zeros);
      }
    }
    byte[] bomb = packed.toByteArray();
    assertThat(bomb.length).isLessThan(2 << 20);
    assertRefused(bomb, "a bomb: its " + bomb.length + " bytes unfold to");
    // Unpacked, the JDK finds nothing wrong with it.
    assertThat(new GZIPInputStream(new ByteArrayInputStream(bomb)).skip(1 << 20)).isPositive();
  }

  /** Packed, they are next to nothing. */
  @Test
  void namesBeyondAllMeasureEndTheList() throws Exception {
    // A header of its own for the name, eight blocks of it, and the member's header.
    Map<String, byte[]> one = Map.of("n".repeat(4000), new byte[0]);
    byte[] tar = Archives.tar(one, TarArchiveOutputStream.LONGFILE_GNU);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 17_000; i++) {
        byte[] number = "%05d".formatted(i).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(number, 0, tar, 512, number.length);
        gzip.write(tar, 0, 10 * 512);
      }
      gzip.write(new byte[1024]);
    }
    Contents contents = listPacked(packed.toByteArray());
    assertThat(contents.members()).hasSize((1 << 26) / 4000);
    assertThat(contents.faults())
        .extracting(Fault::reason)
        .containsExactly("names of more than 67108864 characters together");
  }

  private static void assertRefused(byte[] packed, String reason) {
    assertThatThrownBy(() -> listPacked(packed))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(reason);
  }
}
