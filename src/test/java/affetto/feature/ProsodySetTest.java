package affetto.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import affetto.audio.Waveform;
import affetto.dsp.GoldenSignal;
import affetto.dsp.Pulses;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.api.AbstractDoubleAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sounds whose prosody is known. */
class ProsodySetTest {
  private static final int RATE = ProsodySet.SAMPLE_RATE;

  /** All that gain changes. */
  private static final Set<ProsodyFeature> LOUDNESS =
      EnumSet.of(
          ProsodyFeature.RMS_MEAN,
          ProsodyFeature.EQUIVALENT_SOUND_LEVEL_DBP,
          ProsodyFeature.LOUDNESS_MEAN,
          ProsodyFeature.LOUDNESS_PERCENTILE_20,
          ProsodyFeature.LOUDNESS_PERCENTILE_50,
          ProsodyFeature.LOUDNESS_PERCENTILE_80,
          ProsodyFeature.LOUDNESS_PERCENTILE_RANGE_20_80,
          ProsodyFeature.LOUDNESS_MEAN_RISING_SLOPE,
          ProsodyFeature.LOUDNESS_STDDEV_RISING_SLOPE,
          ProsodyFeature.LOUDNESS_MEAN_FALLING_SLOPE,
          ProsodyFeature.LOUDNESS_STDDEV_FALLING_SLOPE,
          ProsodyFeature.SPECTRAL_FLUX_MEAN,
          ProsodyFeature.SPECTRAL_FLUX_VOICED_MEAN,
          ProsodyFeature.SPECTRAL_FLUX_UNVOICED_MEAN);

  private final FeatureSet set = FeatureSets.named("prosody");
  private final FeatureExtractor extractor = set.extractor();
  private float[] row;

  private void hear(float[] samples) {
    row = extractor.extract(new Waveform(samples, RATE)).values();
  }

  private void hear(double seconds, IntToDoubleFunction sample) {
    float[] samples = new float[(int) (seconds * RATE)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) sample.applyAsDouble(i);
    }
    hear(samples);
  }

  private AbstractDoubleAssert<?> assertHeard(ProsodyFeature feature) {
    double value = row[set.names().indexOf(feature.column())];
    return assertThat(value).as(feature.column());
  }

  private static double sine(double hz, int i) {
    return Math.sin(2 * Math.PI * hz * i / RATE);
  }

  private static IntToDoubleFunction noise(double level) {
    SplittableRandom random = new SplittableRandom(5);
    return i -> level * random.nextDouble(-1, 1);
  }

  @Test
  void namesAreTheDocumentedFeatures() {
    assertThat(set.names()).doesNotHaveDuplicates().hasSize(53);
    assertThat(set.names()).contains("f0_semitone_mean", "rms_mean", "hnr_dbacf_mean");
    for (ProsodyFeature feature : ProsodyFeature.values()) {
      assertThat(feature.column()).matches("[a-z][a-z0-9_]*");
      assertThat(feature.unit()).isNotBlank();
      assertThat(feature.range()).isNotBlank();
      assertThat(feature.doc()).isNotBlank();
      assertThat(feature.openSmile()).isNotBlank();
    }
  }

  @Test
  void theVersionChangesOnlyWithTheNumbers() {
    // A change here means that features stored under the old version are computed anew.
    assertThat(set.version()).isEqualTo("0ec86b4aaf92");
  }

  @Test
  void aSteadyToneIsSteady() {
    hear(2, i -> 0.5 * sine(220, i));
    assertHeard(ProsodyFeature.F0_SEMITONE_MEAN).isCloseTo(36, within(0.1));
    assertHeard(ProsodyFeature.F0_SEMITONE_PERCENTILE_50).isCloseTo(36, within(0.1));
    assertHeard(ProsodyFeature.F0_SEMITONE_PERCENTILE_RANGE_20_80).isCloseTo(0, within(0.11));
    assertHeard(ProsodyFeature.F0_SEMITONE_STDDEV_NORM).isLessThan(0.005);
    assertHeard(ProsodyFeature.F0_SEMITONE_MEAN_RISING_SLOPE).isZero();
    assertHeard(ProsodyFeature.F0_SEMITONE_MEAN_FALLING_SLOPE).isZero();
    assertHeard(ProsodyFeature.F0_SEMITONE_SLOPE).isCloseTo(0, within(0.05));
    assertHeard(ProsodyFeature.VOICED_SHARE).isGreaterThan(0.99);
    assertHeard(ProsodyFeature.VOICED_SEGMENTS_PER_SEC).isEqualTo(0.5);
    assertHeard(ProsodyFeature.JITTER_LOCAL_MEAN).isLessThan(5e-4);
    assertHeard(ProsodyFeature.SHIMMER_LOCAL_DB_MEAN).isLessThan(0.1);
    assertHeard(ProsodyFeature.HNR_DBACF_MEAN).isGreaterThan(45);
    assertHeard(ProsodyFeature.EQUIVALENT_SOUND_LEVEL_DBP).isCloseTo(-9.03, within(0.01));
    assertHeard(ProsodyFeature.RMS_MEAN).isCloseTo(0.5 / Math.sqrt(2), within(0.002));
    assertHeard(ProsodyFeature.LOUDNESS_PEAKS_PER_SEC).isZero();
  }

  @Test
  void aGlideHasItsSlope() {
    // From 110 Hz, an octave a second: the phase is the integral of 110 * 2^t.
    hear(1.5, i -> Math.sin(2 * Math.PI * 110 / Math.log(2) * Math.expm1(Math.log(2) * i / RATE)));
    assertHeard(ProsodyFeature.F0_SEMITONE_SLOPE).isCloseTo(12, within(0.3));
    assertHeard(ProsodyFeature.F0_SEMITONE_MEAN_RISING_SLOPE).isCloseTo(12, within(0.5));
    assertHeard(ProsodyFeature.F0_SEMITONE_MEAN_FALLING_SLOPE).isZero();
    assertHeard(ProsodyFeature.F0_SEMITONE_PERCENTILE_RANGE_20_80).isCloseTo(10.8, within(0.5));
  }

  @Test
  void stretchesOfVoiceAreCountedAndMeasured() {
    hear(2, i -> i / 4000 % 3 == 1 ? sine(200, i) : 0);
    // Three of a quarter of a second, the last one at the end... each a little longer by its
    // frames.
    assertHeard(ProsodyFeature.VOICED_SEGMENTS_PER_SEC).isEqualTo(1.5);
    assertHeard(ProsodyFeature.MEAN_VOICED_SEGMENT_LENGTH_SEC).isCloseTo(0.25, within(0.05));
    assertHeard(ProsodyFeature.STDDEV_VOICED_SEGMENT_LENGTH_SEC).isLessThan(0.03);
    assertHeard(ProsodyFeature.VOICED_SHARE).isCloseTo(0.375, within(0.07));
    assertHeard(ProsodyFeature.MEAN_UNVOICED_SEGMENT_LENGTH).isCloseTo(0.4, within(0.05));
  }

  @Test
  void syllablesArePeaksOfLoudness() {
    hear(2, i -> (1 - Math.cos(2 * Math.PI * 4 * i / RATE)) * 0.3 * sine(300, i));
    assertHeard(ProsodyFeature.LOUDNESS_PEAKS_PER_SEC).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.005, 0.01, 0.03})
  void jitterIsTheDifferenceOfPeriods(double jitter) {
    double[] times = new double[240];
    double[] strengths = new double[times.length];
    SplittableRandom random = new SplittableRandom(3);
    double differences = 0;
    double period = 128;
    times[0] = 30;
    for (int i = 1; i < times.length; i++) {
      double next = 128 * (1 + jitter * random.nextDouble(-1.5, 1.5));
      differences += i > 1 ? Math.abs(next - period) : 0;
      period = next;
      times[i] = times[i - 1] + period;
    }
    Arrays.fill(strengths, 1);
    double wanted = differences / (times.length - 2) / 128;
    hear(Pulses.voice(times, strengths, RATE, 30700));
    assertHeard(ProsodyFeature.F0_SEMITONE_MEAN)
        .isCloseTo(12 * Math.log(125 / 27.5) / Math.log(2), within(0.15));
    assertHeard(ProsodyFeature.JITTER_LOCAL_MEAN).isCloseTo(wanted, within(0.1 * wanted));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 1.5})
  void shimmerIsTheDifferenceOfLevels(double shimmerDb) {
    double[] times = new double[240];
    double[] strengths = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = 30 + 128 * i;
      strengths[i] = i % 2 == 0 ? 1 : Math.pow(10, -shimmerDb / 20);
    }
    hear(Pulses.voice(times, strengths, RATE, 30700));
    assertHeard(ProsodyFeature.SHIMMER_LOCAL_DB_MEAN)
        .isCloseTo(shimmerDb, within(0.02 + 0.1 * shimmerDb));
    assertHeard(ProsodyFeature.JITTER_LOCAL_MEAN).isLessThan(0.002);
  }

  @ParameterizedTest
  @ValueSource(doubles = {5, 10, 20, 30})
  void harmonicsOverNoiseAreTheirRatio(double ratioDb) {
    // A uniform distribution from -1 to 1 has a power of a third, the harmonics of a half and less.
    double power = 0.5 * (1 + 0.25 + 0.0625);
    IntToDoubleFunction noise = noise(Math.sqrt(3 * power * Math.pow(10, -ratioDb / 10)));
    hear(
        3,
        i ->
            0.1
                * (sine(160, i)
                    + 0.5 * sine(320, i)
                    + 0.25 * sine(480, i)
                    + noise.applyAsDouble(i)));
    assertHeard(ProsodyFeature.HNR_DBACF_MEAN).isCloseTo(ratioDb, within(1.0));
  }

  @Test
  void theFirstHarmonicIsMeasuredByTheSecond() {
    hear(1, i -> 0.2 * sine(150, i) + 0.4 * sine(300, i) + 0.1 * sine(450, i));
    assertHeard(ProsodyFeature.LOG_REL_F0_H1_H2_MEAN).isCloseTo(-6.02, within(0.3));
  }

  @Test
  void balanceComparesLowAndHigh() {
    hear(1, i -> 0.5 * sine(250, i) + 0.05 * sine(3000, i));
    assertHeard(ProsodyFeature.ALPHA_RATIO_VOICED_MEAN).isCloseTo(-20, within(0.3));
    assertHeard(ProsodyFeature.HAMMARBERG_INDEX_VOICED_MEAN).isCloseTo(20, within(0.3));
  }

  @Test
  void whiteNoiseIsUnvoicedAndFlat() {
    hear(2, noise(0.3));
    assertHeard(ProsodyFeature.VOICED_SHARE).isZero();
    assertHeard(ProsodyFeature.F0_SEMITONE_MEAN).isZero();
    assertHeard(ProsodyFeature.HNR_DBACF_MEAN).isZero();
    assertHeard(ProsodyFeature.ALPHA_RATIO_VOICED_MEAN).isZero();
    // 4 kHz against 950 Hz are 6.24 dB, and a mean of logarithms is a little off.
    assertHeard(ProsodyFeature.ALPHA_RATIO_UNVOICED_MEAN).isCloseTo(6.24, within(0.5));
    assertHeard(ProsodyFeature.SLOPE_UNVOICED_500_1500_MEAN).isCloseTo(0, within(0.001));
    assertHeard(ProsodyFeature.EQUIVALENT_SOUND_LEVEL_DBP)
        .isCloseTo(10 * Math.log10(0.03), within(0.1));
  }

  @Test
  void silenceIsNeutral() {
    hear(new float[RATE]);
    for (ProsodyFeature feature : ProsodyFeature.values()) {
      double wanted =
          switch (feature) {
            case EQUIVALENT_SOUND_LEVEL_DBP -> -100;
            case MEAN_UNVOICED_SEGMENT_LENGTH -> 1.01;
            default -> 0;
          };
      assertHeard(feature).isCloseTo(wanted, within(1e-6));
    }
  }

  @Test
  void gainChangesLoudnessOnly() {
    float[] loud = GoldenSignal.make(1.5, RATE);
    float[] soft = loud.clone();
    for (int i = 0; i < soft.length; i++) {
      soft[i] /= 4;
    }
    hear(loud);
    float[] loudRow = row;
    hear(soft);
    for (ProsodyFeature feature : ProsodyFeature.values()) {
      double before = loudRow[set.names().indexOf(feature.column())];
      if (!LOUDNESS.contains(feature)) {
        assertHeard(feature).isCloseTo(before, within(1e-5 * Math.abs(before) + 1e-9));
      } else if (feature == ProsodyFeature.EQUIVALENT_SOUND_LEVEL_DBP) {
        assertHeard(feature).isCloseTo(before - 20 * Math.log10(4), within(1e-4));
      } else if (feature.column().startsWith("loudness")) {
        assertHeard(feature).isCloseTo(before / Math.pow(16, 0.33), within(1e-5 * before));
      } else {
        assertHeard(feature).isCloseTo(before / 4, within(1e-6 * before));
      }
    }
  }

  @Test
  void anotherRateMakesLittleDifference() {
    Waveform recording = new Waveform(GoldenSignal.make(2, 44100), 44100);
    row = extractor.extract(extractor.load(recording)).values();
    float[] resampled = row;
    hear(GoldenSignal.make(2, RATE));
    for (ProsodyFeature feature :
        EnumSet.of(
            ProsodyFeature.F0_SEMITONE_MEAN,
            ProsodyFeature.VOICED_SHARE,
            ProsodyFeature.RMS_MEAN)) {
      double other = resampled[set.names().indexOf(feature.column())];
      assertHeard(feature).isCloseTo(other, within(0.02 * Math.abs(other)));
    }
  }
}
