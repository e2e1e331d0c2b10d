package affetto.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.baseline.BaselineSpec;
import affetto.corpus.EmotionScheme;
import affetto.fault.BadInputException;
import affetto.job.CompactSpec;
import affetto.job.CorpusSource;
import affetto.job.SafetySpec;
import affetto.job.SweepSizes;
import affetto.job.SweepSpec;
import affetto.job.TrainSpec;
import affetto.job.VacuumSpec;
import affetto.train.EngineKind;
import affetto.train.ScheduleKind;
import affetto.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @TempDir private Path folder;

  @Test
  void theDefaultsAreThoseOfTheReference() {
    TrainSpec spec = Settings.defaults().specs().train("w", "s");
    assertThat(spec)
        .isEqualTo(
            new TrainSpec(
                "w",
                "s",
                "recipe-cnn",
                "recipe-162",
                "recipe-cnn",
                "strict",
                5,
                1,
                "",
                EmotionScheme.EIGHT,
                0,
                true,
                true,
                new TrainingSpec(50, 2, 64, 20, 0.001, 0.4, 2, 0, false, 42),
                new BaselineSpec(List.of(0.001), 500, 100, 10),
                SafetySpec.DEFAULT));
    assertThat(Settings.defaults().specs().ingest(List.of(), "w").maxFileBytes())
        .isEqualTo(64L << 20);
  }

  @Test
  void everyKeyArrivesInItsField() throws IOException {
    Path file =
        write(
            """
            seed = 7
            score.max-file-size = 1000
            sweep { file-size = 2 MiB, round-minutes = 0.5 }
            vacuum.older-than = 3
            train {
              name = mine, feature-set = logmel-64, network = logmel-attention, protocol = emobox
              folds = 6, fold = 3, emobox-folds = "some/where", scheme = common-six
              validation-share = 0.2, drop-duplicates = false, drop-silent = no
              epochs = 11, workers = 12, batch-size = 13, averaging-frequency = 14
              averaging-engine = dl4j
              learning-rate = 0.15, plateau-factor = 0.16, plateau-patience = 17
              early-stopping-patience = 18, class-weights = true
              clip-norm = 1.5, checkpoint-every = 3, min-uar = 52.5, must-beat = "mine:4"
              schedule = one-cycle, perturbed = true
              baseline { l2 = [0.5, 2], iterations = 21, trees = 22, depth = 23 }
            }
            """);
    Specs specs = Settings.defaults().with(List.of(file)).specs();
    assertThat(specs.train("w", "s"))
        .isEqualTo(
            new TrainSpec(
                "w",
                "s",
                "mine",
                "logmel-64",
                "logmel-attention",
                "emobox",
                6,
                3,
                "some/where",
                EmotionScheme.COMMON_SIX,
                0.2,
                false,
                false,
                new TrainingSpec(
                    11,
                    12,
                    13,
                    14,
                    EngineKind.DL4J,
                    0.15,
                    0.16,
                    17,
                    18,
                    true,
                    ScheduleKind.ONE_CYCLE,
                    true,
                    7),
                new BaselineSpec(List.of(0.5, 2.0), 21, 22, 23),
                new SafetySpec(1.5, 3, 0.525, "mine:4")));
    assertThat(specs.score("s", List.of("m"), "i", "o").maxFileBytes()).isEqualTo(1000);
    SweepSizes sizes = new SweepSizes(2 << 20, 30);
    SweepSpec sweep = specs.sweep("w", Path.of("conf/sweep-clean.conf"));
    assertThat(sweep.seed()).isEqualTo(7);
    assertThat(sweep.sizes()).isEqualTo(sizes);
    assertThat(specs.compact("w", "")).isEqualTo(new CompactSpec("w", "", sizes));
    assertThat(specs.vacuum("w", "x")).isEqualTo(new VacuumSpec("w", "x", 3, sizes));
  }

  @Test
  void framesAreCutAsTheSettingsSay() {
    Specs specs =
        Settings.defaults()
            .with(
                "--set",
                Map.of(
                    "frames.hop-ms", "8",
                    "frames.window-ms", "32",
                    "frames.normalise", "true",
                    "sweep.feature-set", "logmel-40",
                    "train.feature-set", "logmel-40_win-50"))
            .specs();
    assertThat(specs.sweep("w", Path.of("conf/sweep-clean.conf")).featureSet())
        .isEqualTo("logmel-40_hop-8_win-32_norm");
    assertThat(specs.train("w", "s").featureSet()).isEqualTo("logmel-40_win-50");
    Specs wrong = Settings.defaults().with("--set", Map.of("frames.hop-ms", "0.5")).specs();
    assertThatThrownBy(() -> wrong.train("w", "s"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("frames.hop-ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recipe-cnn | train.epochs | 3 | 0",
        "recipe-cnn | train.early-stopping-patience | 3 | 0.15",
        "mllib-logistic | train.early-stopping-patience | 3 | 0",
        "mllib-logistic | train.baseline.l2 | 0.1,0.01 | 0.15",
        "mllib-forest | train.baseline.l2 | 0.1,0.01 | 0",
        "recipe-cnn | train.baseline.l2 | 0.1,0.01 | 0",
        "recipe-cnn | train.validation-share | 0.3 | 0.3"
      })
  void speakersAreKeptAsideOnlyWhereSomethingWatchesThem(
      String network, String key, String value, double share) {
    TrainSpec spec =
        Settings.defaults()
            .with("--set", Map.of("train.network", network, key, value))
            .specs()
            .train("w", "s");
    assertThat(spec.validationShare()).isEqualTo(share);
  }

  @Test
  void laterFilesOverrideEarlierOnesAndSetOverridesFiles() throws IOException {
    Path first = write("train { epochs = 1, fold = 1, workers = 1 }");
    Path second = write("train { epochs = 2, fold = 2 }");
    TrainSpec spec =
        Settings.defaults()
            .with(List.of(first, second))
            .with("--set", Map.of("train.epochs", "3"))
            .specs()
            .train("w", "s");
    assertThat(List.of(spec.training().workers(), spec.fold(), spec.training().epochs()))
        .containsExactly(1, 2, 3);
  }

  @Test
  void anUnknownKeyIsNamedWithFileLineAndNearestKey() throws IOException {
    Path file = write("seed = 1\ntrain {\n  epoks = 3\n}\n");
    assertThatThrownBy(() -> Settings.defaults().with(List.of(file)))
        .isInstanceOf(BadInputException.class)
        .hasMessage(file + ":3: unknown key train.epoks; the nearest is train.epochs");
    assertThatThrownBy(() -> Settings.defaults().with("--set", Map.of("sed", "1")))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--set: unknown key sed; the nearest is seed");
    assertThatThrownBy(() -> Settings.defaults().with("--set", Map.of("trainn.epochs", "1")))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--set: unknown key trainn.epochs; the nearest is train.epochs");
    assertThatThrownBy(() -> Settings.defaults().with("--set", Map.of("vacum.older-than", "1")))
        .hasMessage("--set: unknown key vacum.older-than; the nearest is vacuum.older-than");
  }

  @Test
  void aGroupIsNoValueAndAValueIsNoGroup() throws IOException {
    Path value = write("train = 3");
    assertThatThrownBy(() -> Settings.defaults().with(List.of(value)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("train is a group of keys");
    Path group = write("seed { value = 3 }");
    assertThatThrownBy(() -> Settings.defaults().with(List.of(group)).specs().train("w", "s"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(group + ":1: seed");
  }

  @ParameterizedTest
  @CsvSource({
    "train.epochs, 0, is not from 1 to 100000",
    "train.epochs, many, is not a whole number",
    "train.epochs, 2.5, is not a whole number",
    "train.epochs, 99999999999999, is not from 1 to 100000",
    "train.workers, -1, is not from 1 to 10000",
    "train.validation-share, 0.9, is not from 0.0 to 0.5",
    "train.validation-share, NaN, is not from 0.0 to 0.5",
    "train.learning-rate, 0, is not above 0 and at most 10.0",
    "train.plateau-factor, 1.5, is not above 0 and at most 1.0",
    "train.drop-silent, perhaps, is not true or false",
    "train.clip-norm, -1, is not from 0.0 to 1000000.0",
    "train.checkpoint-every, -1, is not from 0 to 100000",
    "train.min-uar, 101, is not from 0.0 to 100.0",
    "train.min-uar, 0.45, 'looks like a share; it is given in percent, as the reports print it: 45 or 52.5'",
    "train.min-uar, half, is not a number",
    "train.must-beat, a:b, is not NAME or NAME:VERSION",
    "train.must-beat, ../a, is not NAME or NAME:VERSION",
    "train.perturbed, true, 'is for networks that take spectrograms, not for recipe-cnn'",
    "train.scheme, nine, 'is none of common-six, eight'",
    "train.baseline.l2, -1, is not from 0.0 to 1000.0",
    "train.baseline.l2, '0.1,much', is not a number or a list of numbers",
    "train.baseline.depth, 31, is not from 1 to 30",
    "train.name, a/b, 'is not made of letters, digits, dot, dash and underscore'",
    "seed, 99999999999999999999, is not a whole number",
  })
  void aBadValueIsNamedWithItsPlaceAndWhatWouldDo(String key, String value, String complaint) {
    Specs specs = Settings.defaults().with("--set", Map.of(key, value)).specs();
    assertThatThrownBy(() -> specs.train("w", "s"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--set: %s = %s %s", key, value, complaint);
  }

  @Test
  void severalNumbersMayComeWithCommas() {
    Specs specs = Settings.defaults().with("--set", Map.of("train.baseline.l2", "0.1, 1")).specs();
    assertThat(specs.train("w", "s").baseline().l2()).containsExactly(0.1, 1.0);
  }

  @Test
  void sizesHaveUnits() {
    Settings settings = Settings.defaults();
    assertThat(
            settings
                .with("--set", Map.of("ingest.max-file-size", "2 MiB"))
                .specs()
                .ingest(List.of(), "w")
                .maxFileBytes())
        .isEqualTo(2L << 20);
    Specs tooLarge = settings.with("--set", Map.of("ingest.max-file-size", "3 GiB")).specs();
    assertThatThrownBy(() -> tooLarge.ingest(List.of(), "w"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("ingest.max-file-size = 3 GiB is not from 1 to");
  }

  @Test
  void aFileThatIsMissingOrNoHoconIsNamed() throws IOException {
    Path missing = folder.resolve("missing.conf");
    assertThatThrownBy(() -> Settings.defaults().with(List.of(missing)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(missing.toString());
    Path broken = write("train { epochs = \n\n");
    assertThatThrownBy(() -> Settings.defaults().with(List.of(broken)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(broken.toString())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aCorpusMayBeGivenOnce() {
    List<CorpusSource> twice =
        List.of(new CorpusSource("tess", "a"), new CorpusSource("tess", "b"));
    assertThatThrownBy(() -> Settings.defaults().specs().ingest(twice, "w"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--corpus tess=b: tess is given twice");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "settings", ".conf"), text);
  }

  /** Files that somebody hands on are to be all that is read, and no program. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"%s\"",
        "include file(\"%s\")",
        "include url(\"file:%s\")",
        "include classpath(\"affetto/reference.conf\")",
        "include required(file(\"%s\"))",
        "train { include \"%s\" }",
      })
  void includesNothing(String text) throws IOException {
    Path other = Files.writeString(folder.resolve("other.conf"), "seed = 7");
    Path file = Files.writeString(folder.resolve("user.conf"), text.formatted(other));
    assertThatThrownBy(() -> Settings.defaults().with(List.of(file)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("user.conf")
        .hasMessageContaining("is not read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.name = ${PATH}",
        "train.name = ${?HOME}",
        "train.name = ${user.home}",
        "a = [1, 1], b = ${a} ${a}, c = ${b} ${b}",
        "train.name += x",
      })
  void substitutesNothing(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("user.conf"), text);
    assertThatThrownBy(() -> Settings.defaults().with(List.of(file)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("user.conf")
        .hasMessageNotContaining(System.getenv("PATH"));
  }

  @Test
  void computesWithNoAbsurdNumber() {
    for (String size : List.of("1e999999999", "1e999999999 GiB", "1 GiB x", "0x10")) {
      Settings settings = Settings.defaults().with("--set", Map.of("ingest.max-file-size", size));
      assertThatThrownBy(() -> settings.specs().ingest(List.of(), "w"))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("is not a size such as 64 MiB");
    }
  }

  @Test
  void readsNoFileOfAbsurdSizeOrDepth() throws IOException {
    Path deep = Files.writeString(folder.resolve("deep.conf"), "x = " + "[".repeat(500_000));
    Path large = Files.write(folder.resolve("large.conf"), new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> Settings.defaults().with(List.of(deep)))
        .isInstanceOf(BadInputException.class)
        .hasMessageEndingWith("deep.conf: nested too deeply");
    assertThatThrownBy(() -> Settings.defaults().with(List.of(large)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("more than the 1048576 bytes");
  }
}
