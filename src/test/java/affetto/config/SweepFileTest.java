package affetto.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Chain;
import affetto.augment.Clean;
import affetto.augment.PitchShift;
import affetto.augment.TimeStretch;
import affetto.fault.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "augmentations = [{ type = echo }] | type = echo is none of chain, clean, noise,",
        "augmentations = [{ rate = 1 }] | type is missing",
        "augmentations = [{ type = noise }] | amplitude is missing",
        "augmentations = [{ type = noise, amplitud = 1 }] | unknown key amplitud; the nearest is"
            + " amplitude",
        "augmentations = [{ type = noise, amplitude = loud }] | amplitude = loud is not a number",
        "augmentations = [{ type = noise, amplitude = 7 }] | 7",
        "augmentations = [{ type = time-stretch, rate = 0 }] | rate",
        "augmentations = [{ type = noise, amplitude = [] }] | amplitude = [] holds no value",
        "augmentations = [{ type = clean, rate = 1 }] | unknown key rate",
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
