package affetto.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import affetto.audio.Waveform;
import affetto.dsp.Dct;
import affetto.dsp.Delta;
import affetto.dsp.GoldenSignal;
import affetto.fault.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureSetsTest {

  @Test
  void anUnknownIdNamesTheKnownOnes() {
    assertThatThrownBy(() -> FeatureSets.named("mfcc"))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "there is no feature set 'mfcc'; there are recipe-162, prosody, spectral, logmel-N, mfcc-N");
  }

  /** As where integers are taken for floats: powers of such samples are beyond all numbers. */
  @ParameterizedTest
  @ValueSource(strings = {"recipe-162", "prosody", "spectral", "logmel-64", "mfcc-13"})
  void nothingThatIsNotFiniteComesOutOfSamplesThatAreNoSound(String id) {
    FeatureExtractor extractor = FeatureSets.named(id).extractor();
    for (float level : new float[] {2147483647, 1e19f, 1e28f, 1e38f}) {
      float[] samples = new float[48000];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = level * (float) Math.sin(0.05 * i);
      }
      Waveform clip = extractor.load(new Waveform(samples, 16000));
      try {
        for (float value : extractor.extract(clip).values()) {
          assertThat(value).isFinite();
        }
      } catch (IllegalArgumentException e) {
        assertThat(level).isGreaterThan(1e10f);
        assertThat(e).hasMessageContaining("the clip");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"recipe-162", "prosody", "spectral", "logmel-64", "mfcc-13"})
  void samplesThatAreNoSoundAreRefused(String id) {
    FeatureExtractor extractor = FeatureSets.named(id).extractor();
    float[] samples = new float[48000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 1e28f * (float) Math.sin(0.05 * i);
    }
    Waveform clip = extractor.load(new Waveform(samples, 16000));
    assertThatThrownBy(() -> extractor.extract(clip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(": the clip's samples are too large");
  }

  /** A few kilobytes of silence at 1 kHz may say that they last for hours. */
  @ParameterizedTest
  @ValueSource(strings = {"prosody", "spectral", "logmel-64", "mfcc-13"})
  void aClipOfHoursIsRefusedBeforeItTakesMemory(String id) {
    FeatureExtractor extractor = FeatureSets.named(id).extractor();
    Waveform hours = new Waveform(new float[3 * 3600 * 1000], 1000);
    assertThatThrownBy(() -> extractor.load(hours))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the clip is too long: 10800 s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logmel-64",
        "logmel-40_hop-8",
        "logmel-80_hop-12.5_win-50_norm",
        "logmel-24_win-32",
        "logmel-64_norm",
        "mfcc-13_hop-20",
        "mfcc-20_win-32_norm"
      })
  void optionsAreSpelledInTheId(String id) {
    FeatureSet set = FeatureSets.named(id);
    assertThat(set.id()).isEqualTo(id);
    assertThat(FeatureSets.named(set.id())).isEqualTo(set);
    assertThat(set.version()).isNotEqualTo(FeatureSets.named("logmel-32").version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mfcc-1                | the coefficients are not from 2 to 64",
        "mfcc-20_hop-5_win-5   | some bands hold no frequency",
        "logmel-7              | the bands are not from 8 to 128",
        "logmel-64_hop-0.5     | a hop of 0.5 ms is not from 1 to 100",
        "logmel-64_hop-30      | a window of 25 ms is not from 30 to 128",
        "logmel-64_hop-10.01   | a hop of 10.01 ms is not a whole number of samples at 16000 Hz",
        "logmel-128_win-10     | some bands hold no frequency",
        "logmel-64_win-32_hop-8 | there is no feature set",
        "logmel-64_hop-1.2.3   | there is no feature set",
        "logmel-64norm         | there is no feature set"
      })
  void optionsThatCannotBeAreRefused(String id, String complaint) {
    assertThatThrownBy(() -> FeatureSets.named(id))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void settingsFillInWhatAnIdLeavesOpen() {
    FrameOptions options = new FrameOptions(8, 32, true);
    assertThat(FeatureSets.withOptions("logmel-64", options))
        .isEqualTo("logmel-64_hop-8_win-32_norm");
    assertThat(FeatureSets.withOptions("logmel-64_norm", options)).isEqualTo("logmel-64_norm");
    assertThat(FeatureSets.withOptions("recipe-162", options)).isEqualTo("recipe-162");
    assertThat(FeatureSets.withOptions("logmel-64", FrameOptions.DEFAULT)).isEqualTo("logmel-64");
  }

  @Test
  void mfccAreTheTransformOfLogMelWithTheirSlopes() {
    Waveform clip = new Waveform(GoldenSignal.make(0.5, 16000), 16000);
    FeatureMatrix logMel = FeatureSets.named("logmel-64").extractor().extract(clip);
    FeatureMatrix mfcc = FeatureSets.named("mfcc-13").extractor().extract(clip);
    assertThat(mfcc.bands()).isEqualTo(39);
    assertThat(mfcc.frames()).isEqualTo(51);
    double[] third = new double[51];
    for (int t = 0; t < 51; t++) {
      double[] bands = new double[64];
      for (int i = 0; i < 64; i++) {
        bands[i] = logMel.values()[64 * t + i];
      }
      double[] wanted = new double[13];
      new Dct(64, 13).apply(bands, wanted);
      third[t] = wanted[3];
      for (int i = 0; i < 13; i++) {
        assertThat((double) mfcc.values()[39 * t + i]).isCloseTo(wanted[i], within(1e-4));
      }
    }
    double[] slope = new double[51];
    new Delta(9, 2).apply(third, 51, slope);
    for (int t = 0; t < 51; t++) {
      assertThat((double) mfcc.values()[39 * t + 26 + 3]).isCloseTo(slope[t], within(1e-4));
    }
  }

  @Test
  void normalisedBandsHaveMeanZeroAndDeviationOne() {
    FeatureSet set = FeatureSets.named("logmel-40_norm");
    FeatureMatrix matrix =
        set.extractor().extract(new Waveform(GoldenSignal.make(1, 16000), 16000));
    for (int band = 0; band < 40; band++) {
      double mean = 0;
      double square = 0;
      for (int t = 0; t < matrix.frames(); t++) {
        double value = matrix.values()[t * 40 + band];
        mean += value / matrix.frames();
        square += value * value / matrix.frames();
      }
      assertThat(mean).isCloseTo(0, within(1e-5));
      assertThat(square).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void recipeNamesFollowTheRecipesOrder() {
    List<String> names = FeatureSets.named("recipe-162").names();
    assertThat(names).hasSize(162);
    assertThat(new HashSet<>(names)).hasSize(162);
    assertThat(names.get(0)).isEqualTo("zcr_mean");
    assertThat(names.get(1)).isEqualTo("chroma_0_mean");
    assertThat(names.get(13)).isEqualTo("mfcc_0_mean");
    assertThat(names.get(33)).isEqualTo("rms_mean");
    assertThat(names.get(34)).isEqualTo("mel_0_mean");
    assertThat(names.get(161)).isEqualTo("mel_127_mean");
  }

  @Test
  void versionsChangeOnlyWithTheDefinition() {
    // A change here means that features stored under the old version are computed anew.
    assertThat(FeatureSets.named("recipe-162").definition())
        .isEqualTo(
            "{\"duration_s\":2.5,\"hop_length\":512,\"id\":\"recipe-162\",\"mel\":\"slaney\","
                + "\"n_fft\":2048,\"n_mels\":128,\"n_mfcc\":20,\"offset_s\":0.6,"
                + "\"order\":\"zcr chroma mfcc rms mel\",\"revision\":2,\"sample_rate\":22050,"
                + "\"statistics\":\"mean\",\"top_db\":80.0,\"window\":\"hann\"}");
    assertThat(FeatureSets.named("recipe-162").version()).matches("[0-9a-f]{12}");
    assertThat(FeatureSets.named("logmel-64").version())
        .isNotEqualTo(FeatureSets.named("recipe-162").version());
  }

  @Test
  void setsTravel() throws Exception {
    for (FeatureSet set : FeatureSets.examples()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(set);
      }
      try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject()).isEqualTo(set);
      }
    }
  }

  @Test
  void recipeLoadsTwoAndAHalfSecondsFromPointSix() {
    FeatureExtractor extractor = FeatureSets.named("recipe-162").extractor();
    float[] ramp = new float[5 * 22050];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i;
    }
    float[] clip = extractor.load(new Waveform(ramp, 22050)).samples();
    assertThat(clip).hasSize(55125);
    assertThat(clip[0]).isEqualTo(13230);
    assertThat(extractor.load(new Waveform(new float[48000], 48000)).samples()).hasSize(8820);
    assertThat(extractor.load(new Waveform(new float[3 * 48000], 48000)).samples()).hasSize(52920);
  }

  @Test
  void aRecordingShorterThanTheOffsetIsEmptyAndHasNoFeatures() {
    FeatureExtractor extractor = FeatureSets.named("recipe-162").extractor();
    Waveform clip = extractor.load(new Waveform(new float[9600], 16000));
    assertThat(clip.samples()).isEmpty();
    assertThatThrownBy(() -> extractor.extract(clip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void clipsMustBeLoadedAndFinite() {
    for (FeatureSet set : FeatureSets.examples()) {
      FeatureExtractor extractor = set.extractor();
      assertThatThrownBy(() -> extractor.extract(new Waveform(new float[9], 8000)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("8000");
      int rate = extractor.load(new Waveform(new float[50000], 8000)).sampleRate();
      assertThatThrownBy(() -> extractor.extract(new Waveform(new float[] {Float.NaN}, rate)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("finite");
    }
  }

  @Test
  void anyShortOrSilentOrLoudClipIsFinite() {
    for (FeatureSet set : FeatureSets.examples()) {
      FeatureExtractor extractor = set.extractor();
      int rate = extractor.load(new Waveform(new float[50000], 8000)).sampleRate();
      for (int length : new int[] {1, 2, 511, 512, 513, 2049, 30000}) {
        for (float level : new float[] {0, 1e-30f, 1, 1e6f}) {
          float[] samples = GoldenSignal.sine(1000, rate, length);
          for (int i = 0; i < length; i++) {
            samples[i] *= level;
          }
          FeatureMatrix matrix = extractor.extract(new Waveform(samples, rate));
          assertThat(matrix.bands()).isEqualTo(set.names().size());
          for (float value : matrix.values()) {
            assertThat(Float.isFinite(value)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void anExtractorRemembersNothingOfTheClipBefore() {
    for (FeatureSet set : FeatureSets.examples()) {
      FeatureExtractor used = set.extractor();
      Waveform longClip = used.load(new Waveform(GoldenSignal.make(3, 48000), 48000));
      Waveform shortClip = used.load(new Waveform(GoldenSignal.make(1.2, 16000), 16000));
      used.extract(longClip);
      used.extract(shortClip);
      assertThat(used.extract(longClip)).isNotNull();
      assertThat(used.extract(shortClip).values())
          .isEqualTo(set.extractor().extract(shortClip).values());
    }
  }

  @Test
  void frameStatisticsAreTheirDefinitions() {
    float[] y = GoldenSignal.make(0.3, 22050);
    int frames = 1 + y.length / 512;
    double zcr = 0;
    double rms = 0;
    for (int t = 0; t < frames; t++) {
      double energy = 0;
      int crossings = 0;
      for (int i = 0; i < 2048; i++) {
        int at = t * 512 - 1024 + i;
        energy += at >= 0 && at < y.length ? (double) y[at] * y[at] : 0;
        float here = y[Math.max(0, Math.min(y.length - 1, at))];
        float before = y[Math.max(0, Math.min(y.length - 1, at - 1))];
        crossings += i > 0 && here < 0 != before < 0 ? 1 : 0;
      }
      zcr += crossings / 2048.0 / frames;
      rms += Math.sqrt(energy / 2048) / frames;
    }
    FrameStatistics statistics = new FrameStatistics(2048, 512);
    assertThat(statistics.meanZeroCrossingRate(y)).isCloseTo(zcr, within(1e-12));
    assertThat(statistics.meanRms(y)).isCloseTo(rms, within(1e-12));
  }
}
