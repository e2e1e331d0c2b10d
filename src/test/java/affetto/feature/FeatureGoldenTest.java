package affetto.feature;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.audio.Waveform;
import affetto.augment.PitchShift;
import affetto.augment.TimeStretch;
import affetto.dsp.Golden;
import affetto.dsp.GoldenSignal;
import affetto.dsp.GoldenSound;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against librosa 0.11.0; see make_goldens.py beside the numbers. */
class FeatureGoldenTest {
  private static final FrameStatistics FRAMES = new FrameStatistics(2048, 512);
  private static final int CHROMA = 1;
  private static final int MFCC = 13;
  private static final int RMS = 33;
  private static final int MEL = 34;
  private static final int RECIPE_COLUMNS = 162;
  private static final int LOGMEL_BANDS = 64;

  @ParameterizedTest
  @EnumSource
  void zeroCrossingRate(GoldenSound sound) {
    double[] rates = FRAMES.zeroCrossingRates(sound.samples());
    Golden.hold(rates, Golden.of(sound).row("zero_crossing_rate"), 1e-7, 0);
  }

  @ParameterizedTest
  @EnumSource
  void rms(GoldenSound sound) {
    Golden.hold(FRAMES.rootMeanSquares(sound.samples()), Golden.of(sound).row("rms"), 2e-7, 0);
  }

  @ParameterizedTest
  @EnumSource
  void recipe(GoldenSound sound) {
    Golden golden = Golden.of(sound);
    // An impulse's spectrum is flat, so all its peaks are rounding errors: there is no tuning.
    double chroma = sound == GoldenSound.IMPULSE ? Double.POSITIVE_INFINITY : 2e-6;
    double floor = 1e-20 * golden.value("peak") * golden.value("peak");
    double[] row = row("recipe-162", sound.samples());
    holdRecipe(row, golden.row("recipe"), chroma, 2e-4, 1e-6, floor);
  }

  @Test
  void aRecordingAtAnotherRate() {
    double[] golden = Golden.ofRecording().row("recipe");
    double[] row = row("recipe-162", loaded().samples());
    holdRecipe(row, golden, 2e-6, 2e-3, 3e-5, wellAboveNoise(golden));
  }

  @Test
  void stretchedAndShifted() {
    double[] golden = Golden.ofRecording().row("recipe_changed");
    Waveform changed = new PitchShift(0.7).apply(new TimeStretch(0.8).apply(loaded(), 0), 0);
    double[] row = row("recipe-162", changed.samples());
    holdRecipe(row, golden, 2e-5, 2e-3, 5e-4, wellAboveNoise(golden));
  }

  private static Waveform loaded() {
    return FeatureSets.named("recipe-162")
        .extractor()
        .load(new Waveform(GoldenSignal.make(3.2, 16000), 16000));
  }

  /** 40 dB below the loudest band: further down is what two resamplers leave of a stopped band. */
  private static double wellAboveNoise(double[] golden) {
    return 1e-4 * Arrays.stream(golden, MEL, RECIPE_COLUMNS).max().orElseThrow();
  }

  /**
   * Holds a row.
   *
   * @param chroma bound of these
   * @param mfccDb bound of these
   * @param relative bound of all others, relative to their values
   * @param floor mel bands below count as this
   */
  private static void holdRecipe(
      double[] row, double[] golden, double chroma, double mfccDb, double relative, double floor) {
    hold(row, golden, 0, CHROMA, relative, 0);
    hold(row, golden, CHROMA, MFCC, chroma, 1);
    hold(row, golden, MFCC, RMS, mfccDb / 2000, 2000);
    hold(row, golden, RMS, MEL, relative, 0);
    hold(row, golden, MEL, RECIPE_COLUMNS, relative, floor);
  }

  private static void hold(
      double[] row, double[] golden, int from, int to, double relative, double floor) {
    Golden.hold(
        Arrays.copyOfRange(row, from, to), Arrays.copyOfRange(golden, from, to), relative, floor);
  }

  @ParameterizedTest
  @EnumSource
  void spectral(GoldenSound sound) {
    double[] wanted = Golden.of(sound).row("spectral");
    double[] row = row("spectral", sound.samples());
    int column = 0;
    for (SpectralFeature feature : SpectralFeature.values()) {
      int end = column + feature.columns().size();
      if (end <= wanted.length) {
        hold(row, wanted, column, end, 2e-6, floor(feature));
      } else {
        // Librosa refuses deltas of fewer than 9 frames.
        assertThat(Arrays.copyOfRange(row, column, end)).containsOnly(0);
      }
      column = end;
    }
    assertThat(row).hasSize(column);
  }

  /** A standard deviation may be as small as the mean's rounding errors. */
  private static double floor(SpectralFeature feature) {
    return switch (feature) {
      case ZCR, RMS -> 0;
      case SPECTRAL_CENTROID, SPECTRAL_BANDWIDTH, SPECTRAL_ROLLOFF -> 10;
      case SPECTRAL_FLATNESS, SPECTRAL_CONTRAST -> 1;
      case MFCC -> 100;
      case MFCC_DELTA -> 10;
    };
  }

  @ParameterizedTest
  @EnumSource
  void logMel(GoldenSound sound) {
    Golden golden = Golden.of(sound);
    Waveform clip = new Waveform(sound.samples(), 16000);
    FeatureMatrix matrix = FeatureSets.named("logmel-64").extractor().extract(clip);
    double[] values = Golden.toDoubles(matrix.values());
    double[] frames = golden.row("logmel_frames");
    assertThat(matrix.frames()).isEqualTo(1 + (int) frames[frames.length - 1]);
    for (int i = 0; i < frames.length; i++) {
      int at = LOGMEL_BANDS * (int) frames[i];
      double[] frame = Arrays.copyOfRange(values, at, at + LOGMEL_BANDS);
      Golden.hold(frame, golden.matrix("logmel")[i], 2e-7, 100);
    }
  }

  private static double[] row(String set, float[] samples) {
    Waveform clip = new Waveform(samples, GoldenSound.RATE);
    return Golden.toDoubles(FeatureSets.named(set).extractor().extract(clip).values());
  }
}
