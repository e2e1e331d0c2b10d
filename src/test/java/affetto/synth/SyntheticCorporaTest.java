package affetto.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.audio.AudioDecoder;
import affetto.audio.AudioQuality;
import affetto.audio.Recording;
import affetto.corpus.Corpus;
import affetto.corpus.Utterance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticCorporaTest {

  private static final Map<String, Pattern> PATTERNS =
      Map.of(
          "ravdess", Pattern.compile("Actor_(\\d\\d)/03-01-0[1-8]-0[12]-0[12]-0[12]-\\1\\.wav"),
          "cremad",
              Pattern.compile(
                  "AudioWAV/10\\d\\d_[A-Z]{3}_(ANG|DIS|FEA|HAP|NEU|SAD)_(LO|MD|HI|XX)\\.wav"),
          "savee", Pattern.compile("(DC|JE|JK|KL)/(a|d|f|h|n|sa|su)\\d\\d\\.wav"),
          "tess",
              Pattern.compile(
                  "(OAF|YAF)_\\w+/\\1_[a-z]+_(angry|disgust|fear|happy|neutral|ps|sad)\\.wav"));

  private static final Map<String, Integer> RATES =
      Map.of("ravdess", 48000, "cremad", 16000, "savee", 44100, "tess", 24414);

  @TempDir Path folder;

  @Test
  void everyCorpusHasItsNamesItsRateAndClipsLongEnough() throws Exception {
    int written = SyntheticCorpora.write(folder, new SynthSpec(2, 8, 1));
    Map<String, byte[]> files = files(folder);
    assertThat(files).hasSize(written).hasSize(2 * 8 * 4);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      int slash = file.getKey().indexOf('/');
      String corpus = file.getKey().substring(0, slash);
      assertThat(file.getKey().substring(slash + 1)).matches(PATTERNS.get(corpus));
      Recording recording = AudioDecoder.decode(file.getValue());
      assertThat(recording.waveform().sampleRate()).isEqualTo(RATES.get(corpus));
      assertThat(recording.encoding()).isEqualTo("pcm_s16le");
      AudioQuality quality = AudioQuality.of(recording.waveform());
      assertThat(quality.durationSeconds()).isBetween(1.8, 4.2);
      assertThat(quality.peak()).isBetween(0.03, 1.0);
      assertThat(quality.clippingShare()).isLessThan(0.01);
    }
  }

  @Test
  void equalSeedsGiveEqualBytesAndOtherSeedsOthers() throws Exception {
    SyntheticCorpora.write(folder.resolve("a"), new SynthSpec(1, 7, 5));
    SyntheticCorpora.write(folder.resolve("b"), new SynthSpec(1, 7, 5));
    SyntheticCorpora.write(folder.resolve("c"), new SynthSpec(1, 7, 6));
    Map<String, byte[]> first = files(folder.resolve("a"));
    Map<String, byte[]> other = files(folder.resolve("c"));
    files(folder.resolve("b"))
        .forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(first.get(name)));
    other.forEach((name, bytes) -> assertThat(bytes).as(name).isNotEqualTo(first.get(name)));
  }

  @Test
  void moreSpeakersAndClipsLeaveAClipAsItIs() throws Exception {
    SyntheticCorpora.write(folder.resolve("small"), new SynthSpec(1, 8, 3));
    SyntheticCorpora.write(folder.resolve("large"), new SynthSpec(2, 16, 3));
    Map<String, byte[]> large = files(folder.resolve("large"));
    files(folder.resolve("small")).forEach((n, b) -> assertThat(large.get(n)).as(n).isEqualTo(b));
  }

  @Test
  void theFirstRavdessFileHasTheChunksOfTheRealOnes() throws Exception {
    SyntheticCorpora.write(folder, new SynthSpec(1, 1, 2));
    byte[] file = Files.readAllBytes(folder.resolve("ravdess/Actor_01/03-01-01-01-01-01-01.wav"));
    assertThat(ascii(file, 36)).isEqualTo("FLLR");
    assertThat(ascii(file, 4096 - 8)).isEqualTo("data");
    String tail = new String(file, StandardCharsets.ISO_8859_1);
    assertThat(tail.indexOf("LIST", 4096)).isPositive();
    assertThat(tail.indexOf("bext", 4096)).isGreaterThan(tail.indexOf("LIST", 4096));
    assertThat(AudioDecoder.decode(file).waveform().duration()).isGreaterThan(1.8);
  }

  @Test
  void aCorpusGivesWhatItHasAndSpreadsEmotionsEvenly() {
    CorpusPlan tess = plan("tess");
    CorpusPlan ravdess = plan("ravdess");
    assertThat(tess.cast()).hasSize(2);
    assertThat(plan("savee").cast()).hasSize(4);
    assertThat(plan("cremad").cast()).hasSize(91);
    assertThat(ravdess.cast()).hasSize(24);
    assertThat(ravdess.cast().get(0).take(1000, 3)).hasSize(60).doesNotHaveDuplicates();
    assertThat(plan("cremad").cast().get(0).take(1000, 0)).hasSize(82).doesNotHaveDuplicates();
    assertThat(plan("savee").cast().get(0).take(1000, 0)).hasSize(120).doesNotHaveDuplicates();
    assertThat(tess.cast().get(0).take(1000, 0)).hasSize(280).doesNotHaveDuplicates();
    assertThat(
            ravdess.cast().get(5).take(24, 0).stream()
                .collect(Collectors.groupingBy(Take::emotion, Collectors.counting()))
                .values())
        .hasSize(8)
        .containsOnly(3L);
  }

  /** What a clip acts and who speaks it must be what its name says, for every clip there can be. */
  @Test
  void theCorporaParseEveryNameAsItWasActed() throws Exception {
    for (CorpusPlan plan : CorpusPlans.all()) {
      Corpus corpus = Corpus.named(plan.id());
      for (CorpusPlan.Role role : plan.cast()) {
        for (Take take : role.take(Integer.MAX_VALUE, 0)) {
          Utterance utterance = corpus.parse("/data/" + plan.id() + "/" + take.path());
          assertThat(utterance.emotion()).as(take.path()).isEqualTo(take.emotion());
          assertThat(utterance.speaker().gender()).as(take.path()).isEqualTo(role.gender());
        }
      }
    }
  }

  @Test
  void aSpecOfNothingIsRefused() {
    assertThatThrownBy(() -> new SynthSpec(0, 1, 1)).hasMessageContaining("speakers");
    assertThatThrownBy(() -> new SynthSpec(1, 0, 1)).hasMessageContaining("clips");
  }

  private static CorpusPlan plan(String id) {
    return CorpusPlans.all().stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
  }

  private static String ascii(byte[] file, int at) {
    return new String(file, at, 4, StandardCharsets.US_ASCII);
  }

  private static Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.filter(Files::isRegularFile).toList();
    }
    for (Path path : paths) {
      files.put(root.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
    }
    return files;
  }
}
