package affetto.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Chain;
import affetto.augment.Clean;
import affetto.augment.FolderNoise;
import affetto.augment.Gain;
import affetto.augment.PinkNoise;
import affetto.augment.PitchShift;
import affetto.augment.Reverb;
import affetto.augment.Speed;
import affetto.augment.Telephone;
import affetto.augment.TimeShift;
import affetto.augment.TimeStretch;
import affetto.augment.WhiteNoise;
import affetto.fault.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepFileTest {

  @TempDir private Path folder;

  @Test
  void theRecipeIsThreeRows() {
    assertThat(SweepFile.read(Path.of("conf/sweep-recipe.conf")))
        .containsExactly(
            new Clean(),
            new AddNoise(0.035),
            new Chain(List.of(new TimeStretch(0.8), new PitchShift(0.7))));
  }

  @Test
  void aListSpreadsInItsOrderAndChainsMakeGrids() throws IOException {
    List<Augmentation> sweep =
        read(
            """
            augmentations = [
              { type = pitch-shift, semitones = [-2, 1] }
              { type = chain, steps = [
                { type = time-stretch, rate = [0.9, 1.1] }, { type = noise, amplitude = [0.1, 0.2] }
              ] }
            ]
            """);
    assertThat(sweep)
        .extracting(Augmentation::id)
        .containsExactly(
            "pitch-2",
            "pitch+1",
            "stretch-0.9_noise-0.1",
            "stretch-0.9_noise-0.2",
            "stretch-1.1_noise-0.1",
            "stretch-1.1_noise-0.2");
  }

  @Test
  void everySweepInTheRepositoryReads() throws IOException {
    try (var files = Files.newDirectoryStream(Path.of("conf"), "sweep-*.conf")) {
      files.forEach(file -> assertThat(SweepFile.read(file)).isNotEmpty());
    }
    assertThat(SweepFile.read(Path.of("conf/sweep-grid.conf"))).hasSize(12);
    assertThat(SweepFile.read(Path.of("conf/sweep-callcentre.conf")))
        .hasSize(10)
        .extracting(Augmentation::id)
        .contains("reverb-0.4-drr+10_pink-snr+20_telephone", "gain+12-clipped_telephone");
  }

  @Test
  void everyTypeIsReadWithItsParameters() throws IOException {
    assertThat(
            read(
                """
                augmentations = [
                  { type = clean }
                  { type = noise, amplitude = 0.5 }
                  { type = white-noise, snr-db = -5 }
                  { type = pink-noise, snr-db = 12.5 }
                  { type = recorded-noise, folder = "hdfs://host/noise", snr-db = 3 }
                  { type = pitch-shift, semitones = 1 }
                  { type = time-stretch, rate = 1.5 }
                  { type = speed, rate = 0.9 }
                  { type = gain, gain-db = 3 }
                  { type = gain, gain-db = 3, clipping = true }
                  { type = time-shift, seconds = -0.5 }
                  { type = time-shift, seconds = 0.5, random = true }
                  { type = reverb, rt60 = 0.5, drr-db = 3 }
                  { type = telephone }
                ]
                """))
        .containsExactly(
            new Clean(),
            new AddNoise(0.5),
            new WhiteNoise(-5),
            new PinkNoise(12.5),
            new FolderNoise("hdfs://host/noise", 3),
            new PitchShift(1),
            new TimeStretch(1.5),
            new Speed(0.9),
            new Gain(3, false),
            new Gain(3, true),
            new TimeShift(-0.5, false),
            new TimeShift(0.5, true),
            new Reverb(0.5, 3),
            new Telephone());
  }

  /** What the manual in the recipe's file shows must be readable. */
  @Test
  void everyExampleInTheManualReads() throws IOException {
    String examples =
        Files.readAllLines(Path.of("conf/sweep-recipe.conf")).stream()
            .filter(line -> line.startsWith("#   {") && !line.contains("{...}"))
            .map(line -> line.substring(4, line.indexOf('}') + 1))
            .collect(Collectors.joining("\n"));
    List<Augmentation> sweep = read("augmentations = [\n" + examples + "\n]");
    assertThat(sweep.stream().map(Object::getClass).distinct())
        .hasSize(AugmentationKind.BY_TYPE.size());
  }

  @Test
  void severalListsMakeAGridWithTheLastFastest() throws IOException {
    assertThat(
            read(
                """
                augmentations = [
                  { type = reverb, drr-db = [6, 0], rt60 = [0.3, 0.6] }
                  { type = gain, clipping = [true, false], gain-db = 20 }
                ]
                """))
        .extracting(Augmentation::id)
        .containsExactly(
            "reverb-0.3-drr+6",
            "reverb-0.3-drr+0",
            "reverb-0.6-drr+6",
            "reverb-0.6-drr+0",
            "gain+20-clipped",
            "gain+20");
  }

  @Test
  void aGridThatIsTooLargeIsRefused() {
    String numbers =
        IntStream.range(0, 101).mapToObj(String::valueOf).collect(Collectors.joining(","));
    assertThatThrownBy(
            () ->
                read(
                    "augmentations = [{ type = reverb, rt60 = [%s], drr-db = [%s] }]"
                        .formatted(numbers, numbers)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("makes more than 10000 rows for each recording");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "augmentations = [{ type = echo }] | type = echo is none of chain, clean, gain, noise,",
        "augmentations = [{ rate = 1 }] | type is missing",
        "augmentations = [{ type = noise }] | amplitude is missing",
        "augmentations = [{ type = noise, amplitud = 1 }] | unknown key amplitud; the nearest is"
            + " amplitude",
        "augmentations = [{ type = noise, amplitude = loud }] | amplitude = loud is not a number",
        "augmentations = [{ type = noise, amplitude = 7 }] | 7",
        "augmentations = [{ type = time-stretch, rate = 0 }] | rate",
        "augmentations = [{ type = noise, amplitude = [] }] | amplitude = [] holds no value",
        "augmentations = [{ type = clean, rate = 1 }] | unknown key rate; the nearest is type",
        "augmentations = [{ type = gain, gain-db = 6, clip = true }] | unknown key clip; the nearest is"
            + " clipping",
        "augmentations = [{ type = gain, gain-db = 6, clipping = 1 }] | clipping = 1 is not true or"
            + " false",
        "augmentations = [{ type = gain, clipping = true }] | gain-db is missing",
        "augmentations = [{ type = gain, gain-db = 99 }] | gain-db must be between -60 and 60",
        "augmentations = [{ type = reverb, rt60 = 1 }] | drr-db is missing",
        "augmentations = [{ type = reverb, rt60 = [1, 11], drr-db = 0 }] | was 11",
        "augmentations = [{ type = time-shift, seconds = -1, random = true }] | between 0 and 60",
        "augmentations = [{ type = recorded-noise, snr-db = 1 }] | folder is missing",
        "augmentations = [{ type = recorded-noise, folder = 7, snr-db = 1 }] | folder = 7 is not"
            + " text",
        "augmentations = [{ type = telephone, rate = 8000 }] | unknown key rate",
        "augmentations = [{ type = clean }, { type = clean }] | clean is there already",
        "augmentations = [{ type = noise, amplitude = [0.1, 0.10] }] | noise-0.1 is there already",
        "augmentations = [{ type = chain, steps = [] }] | a chain wants steps",
        "augmentations = [clean] | wants { type = ... }, not clean",
        "augmentations = [] | wants augmentations = [ ... ]",
        "augmentation = [{ type = clean }] | unknown key augmentation; the nearest is augmentations",
        "augmentations = clean | wants augmentations = [ ... ]",
      })
  void aMistakeIsNamedWithItsFile(String text, String complaint) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(complaint)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private List<Augmentation> read(String text) throws IOException {
    return SweepFile.read(Files.writeString(folder.resolve("sweep.conf"), text));
  }
}
