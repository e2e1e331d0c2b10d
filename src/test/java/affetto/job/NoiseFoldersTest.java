package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.audio.WavWriter;
import affetto.audio.Waveform;
import affetto.augment.Augmentation;
import affetto.augment.Chain;
import affetto.augment.Clean;
import affetto.augment.FolderNoise;
import affetto.augment.RecordedNoise;
import affetto.augment.Telephone;
import affetto.fault.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoiseFoldersTest {

  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void twoRecordings() throws IOException {
    folder = temporary.resolve("cafe");
    new TestCorpus(folder)
        .tone("a.wav", 200, 0.5)
        .tone("evening/b.wav", 300, 0.7)
        .bytes(".hidden", new byte[] {1});
  }

  private RecordedNoise noise(Path from) {
    return (RecordedNoise)
        NoiseFolders.read(List.of(new FolderNoise(from.toString(), 10)), HADOOP).get(0);
  }

  @Test
  void readsEachFolderOnceWhereverItIsNamed() {
    FolderNoise ten = new FolderNoise(folder.toString(), 10);
    FolderNoise five = new FolderNoise(folder.toString(), 5);
    List<Augmentation> read =
        NoiseFolders.read(
            List.of(new Clean(), ten, new Chain(List.of(five, new Telephone()))), HADOOP);
    assertThat(read.get(0)).isEqualTo(new Clean());
    assertThat(read.get(1).id()).matches("recorded-cafe-[0-9a-f]{8}-snr\\+10");
    RecordedNoise first = (RecordedNoise) read.get(1);
    Chain chain = (Chain) read.get(2);
    RecordedNoise second = (RecordedNoise) chain.steps().get(0);
    assertThat(second.snrDb()).isEqualTo(5);
    assertThat(second.bank()).isSameAs(first.bank());
    assertThat(chain.steps().get(1)).isEqualTo(new Telephone());
    Waveform clip = TestCorpus.tone(440, 0.5);
    assertThat(chain.apply(clip, 1).samples()).isNotEqualTo(clip.samples());
  }

  @Test
  void theIdFollowsTheSoundAndNotThePlace() throws IOException {
    String id = noise(folder).id();
    Path copy = temporary.resolve("elsewhere/cafe");
    new TestCorpus(copy).tone("a.wav", 200, 0.5).tone("evening/b.wav", 300, 0.7);
    assertThat(noise(copy).id()).isEqualTo(id);
    new TestCorpus(copy).tone("a.wav", 201, 0.5);
    assertThat(noise(copy).id()).isNotEqualTo(id).startsWith("recorded-cafe-");
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    assertThatThrownBy(() -> noise(temporary.resolve("nowhere")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("nowhere");
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    assertThatThrownBy(() -> noise(empty))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("empty: there is no file");
    assertThatThrownBy(() -> NoiseFolders.read(List.of(new FolderNoise("nosuch://x/y", 1)), HADOOP))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("nosuch://x/y");

    new TestCorpus(folder)
        .bytes("evening/README", "noise of a cafe".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> noise(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cafe/evening/README");
    new TestCorpus(folder)
        .bytes("evening/README", WavWriter.pcm16(new Waveform(new float[100], 8000)));
    assertThatThrownBy(() -> noise(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cafe/evening/README: there is no sound in it");
  }

  @Test
  void theSizeIsBounded() {
    FolderNoise noise = new FolderNoise(folder.toString(), 10);
    // 1.2 s at 16 kHz: 38,488 bytes as 16-bit files, 76,800 as floats.
    assertThatThrownBy(() -> new NoiseFolders(HADOOP, 38_000).read(noise))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("its files are more than");
    assertThatThrownBy(() -> new NoiseFolders(HADOOP, 76_000).read(noise))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("its samples are more than");
    assertThat(new NoiseFolders(HADOOP, 76_800).read(noise)).isInstanceOf(RecordedNoise.class);
  }
}
