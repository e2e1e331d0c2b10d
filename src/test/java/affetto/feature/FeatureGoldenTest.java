package affetto.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import affetto.audio.Waveform;
import affetto.augment.PitchShift;
import affetto.augment.TimeStretch;
import affetto.dsp.GoldenSignal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against librosa 0.11.0; see make_goldens.py beside the numbers. */
class FeatureGoldenTest {
  private static final double[][] GOLDEN = GoldenSignal.read("recipe_rows");
  private final FeatureSet recipe = FeatureSets.named("recipe-162");
  private final FeatureExtractor extractor = recipe.extractor();

  /** Relative to the value, and for MFCC in dB, for chroma and rates absolute. */
  private void hold(double[] golden, Waveform clip, double relative, double absolute) {
    float[] actual = extractor.extract(clip).values();
    List<String> names = recipe.names();
    assertThat(actual).hasSize(golden.length);
    for (int i = 0; i < golden.length; i++) {
      assertThat((double) actual[i])
          .as(names.get(i))
          .isCloseTo(golden[i], within(absolute + relative * Math.abs(golden[i])));
    }
  }

  private Waveform loaded() {
    return extractor.load(new Waveform(GoldenSignal.make(3.2, 16000), 16000));
  }

  @Test
  void aRecordingAtAnotherRate() {
    hold(GOLDEN[0], loaded(), 1e-4, 1e-3);
  }

  @Test
  void stretchedAndShifted() {
    Waveform changed = new PitchShift(0.7).apply(new TimeStretch(0.8).apply(loaded(), 0), 0);
    hold(GOLDEN[1], changed, 5e-4, 5e-4);
  }

  @Test
  void aClipAtTheSetsOwnRate() {
    hold(GOLDEN[2], new Waveform(GoldenSignal.make(1, 22050), 22050), 1e-5, 1e-5);
  }

  @Test
  void aClipShorterThanAFrame() {
    hold(GOLDEN[3], new Waveform(GoldenSignal.make(0.05, 22050), 22050), 1e-5, 1e-5);
  }

  @Test
  void silence() {
    hold(GOLDEN[4], new Waveform(new float[22050], 22050), 1e-6, 1e-9);
  }

  @Test
  void logMel() {
    double[][] golden = GoldenSignal.read("logmel");
    Waveform clip = new Waveform(GoldenSignal.make(1, 16000), 16000);
    FeatureMatrix actual = FeatureSets.named("logmel-64").extractor().extract(clip);
    assertThat(actual.frames()).isEqualTo(101);
    for (int i = 0; i < golden.length; i++) {
      for (int band = 0; band < 64; band++) {
        assertThat((double) actual.values()[5 * i * 64 + band])
            .isCloseTo(golden[i][band], within(2e-3));
      }
    }
  }
}
