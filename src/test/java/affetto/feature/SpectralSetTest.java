package affetto.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import affetto.audio.Waveform;
import affetto.dsp.GoldenSignal;
import affetto.dsp.Spectra;
import affetto.dsp.SpectralShape;
import affetto.dsp.Stft;
import affetto.dsp.Workbench;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractDoubleAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sounds whose statistics are known. */
class SpectralSetTest {
  private static final int RATE = SpectralSet.SAMPLE_RATE;

  private final FeatureSet set = FeatureSets.named("spectral");
  private final FeatureExtractor extractor = set.extractor();
  private float[] row;

  private void hear(float[] samples) {
    row = extractor.extract(new Waveform(samples, RATE)).values();
  }

  private double heard(String column) {
    assertThat(set.names()).contains(column);
    return row[set.names().indexOf(column)];
  }

  private AbstractDoubleAssert<?> assertHeard(String column) {
    return assertThat(heard(column)).as(column);
  }

  private static float[] noise(int length) {
    SplittableRandom random = new SplittableRandom(5);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) random.nextDouble(-0.5, 0.5);
    }
    return samples;
  }

  @Test
  void namesAreTheDocumentedFeatures() {
    assertThat(set.names()).doesNotHaveDuplicates().hasSize(86);
    assertThat(set.names()).startsWith("zcr_mean", "zcr_stddev", "rms_mean", "rms_stddev");
    assertThat(set.names())
        .contains("spectral_centroid_mean", "spectral_contrast_6_stddev", "mfcc_3_mean")
        .endsWith("mfcc_delta_18_stddev", "mfcc_delta_19_stddev");
    for (SpectralFeature feature : SpectralFeature.values()) {
      assertThat(feature.columns()).allMatch(column -> column.matches("[a-z][a-z0-9_]*"));
      assertThat(feature.unit()).isNotBlank();
      assertThat(feature.range()).isNotBlank();
      assertThat(feature.doc()).isNotBlank();
      assertThat(feature.librosa()).contains("librosa.feature.");
    }
  }

  @Test
  void theVersionChangesOnlyWithTheNumbers() {
    // A change here means that features stored under the old version are computed anew.
    assertThat(set.version()).isEqualTo("590b6d4758fd");
  }

  @Test
  void aSteadyToneIsSteady() {
    // A whole number of periods in a hop, so that all frames in the middle are equal.
    double hz = 20 * RATE / 512.0;
    hear(GoldenSignal.sine(hz, RATE, 30 * RATE));
    assertHeard("zcr_mean").isCloseTo(2 * hz / RATE, within(1e-3));
    assertHeard("rms_mean").isCloseTo(Math.sqrt(0.5), within(1e-3));
    assertHeard("rms_stddev").isLessThan(0.01);
    assertHeard("spectral_centroid_mean").isCloseTo(hz, within(10.0));
    assertHeard("spectral_rolloff_mean").isCloseTo(hz + RATE / 2048.0, within(2.0));
    assertHeard("spectral_flatness_mean").isLessThan(1e-3);
    assertHeard("mfcc_delta_1_stddev").isLessThan(2);
  }

  @Test
  void whiteNoiseIsFlatAndCrossesZeroEveryOtherSample() {
    hear(noise(5 * RATE));
    assertHeard("zcr_mean").isCloseTo(0.5, within(0.01));
    assertHeard("rms_mean").isCloseTo(0.5 / Math.sqrt(3), within(0.005));
    assertHeard("spectral_centroid_mean").isCloseTo(RATE / 4.0, within(30.0));
    assertHeard("spectral_rolloff_mean").isCloseTo(0.85 * RATE / 2.0, within(30.0));
    assertHeard("spectral_flatness_mean").isCloseTo(0.5615, within(0.02));
  }

  @Test
  void silenceIsNeutral() {
    hear(new float[RATE]);
    for (String column : set.names()) {
      double wanted =
          switch (column) {
            case "spectral_flatness_mean" -> 1;
            // -100 dB in all 128 bands
            case "mfcc_0_mean" -> -100 * Math.sqrt(128);
            default -> 0;
          };
      assertHeard(column).isCloseTo(wanted, within(1e-4));
    }
  }

  @Test
  void aGainChangesTheLevelAndNothingElse() {
    float[] loud = GoldenSignal.make(1.5, RATE);
    float[] soft = loud.clone();
    for (int i = 0; i < soft.length; i++) {
      soft[i] /= 4;
    }
    hear(loud);
    float[] before = row;
    hear(soft);
    for (int i = 0; i < before.length; i++) {
      String column = set.names().get(i);
      double wanted =
          switch (column) {
            case "rms_mean", "rms_stddev" -> before[i] / 4;
            case "mfcc_0_mean" -> before[i] - 20 * Math.log10(4) * Math.sqrt(128);
            default -> before[i];
          };
      assertHeard(column).isCloseTo(wanted, within(1e-5 * Math.abs(wanted) + 2e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 512, 2048, 4095})
  void fewerThanNineFramesHaveOneSlope(int length) {
    hear(noise(length));
    assertHeard("mfcc_delta_0_stddev").isCloseTo(0, within(1e-12));
    assertHeard("mfcc_delta_19_stddev").isCloseTo(0, within(1e-12));
  }

  @Test
  void longRecordingsAreFollowedFromBlockToBlock() {
    float[] samples = noise(600 * 512);
    double[] centroids =
        new SpectralContours(new Workbench()).of(samples).get(SpectralFeature.SPECTRAL_CENTROID)[0];
    Stft stft = new Stft(2048, 512);
    SpectralShape shape = new SpectralShape(RATE, 2048, 0.85);
    for (int t : new int[] {0, 255, 256, 511, 512, 600}) {
      Spectra one = stft.transform(samples, t, 1);
      double[] centroid = new double[1];
      shape.apply(one, centroid, new double[1], new double[1], 0);
      assertThat(centroids[t]).isEqualTo(centroid[0]);
    }
  }

  @Test
  void theWholeRecordingIsHeardAtAnyRate() {
    float[] samples = GoldenSignal.make(2, 44100);
    Waveform loaded = extractor.load(new Waveform(samples, 44100));
    assertThat(loaded.sampleRate()).isEqualTo(RATE);
    assertThat(loaded.samples()).hasSize(2 * RATE);
    row = extractor.extract(loaded).values();
    float[] resampled = row;
    hear(GoldenSignal.make(2, RATE));
    for (String column : new String[] {"rms_mean", "rms_stddev", "mfcc_1_mean"}) {
      double other = resampled[set.names().indexOf(column)];
      assertHeard(column).isCloseTo(other, within(0.1 * Math.abs(other)));
    }
  }
}
