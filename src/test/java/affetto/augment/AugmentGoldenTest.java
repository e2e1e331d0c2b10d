package affetto.augment;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.audio.Waveform;
import affetto.dsp.GoldenSignal;
import org.junit.jupiter.api.Test;

/** Against librosa 0.11.0; see make_goldens.py beside the numbers. */
class AugmentGoldenTest {
  private final Waveform clip = new Waveform(GoldenSignal.make(1, 22050), 22050);

  @Test
  void timeStretch() {
    float[] actual = new TimeStretch(0.8).apply(clip, 0).samples();
    double[] golden = GoldenSignal.read("time_stretch")[0];
    assertThat(GoldenSignal.agreementDb(golden, GoldenSignal.every(40, actual))).isGreaterThan(120);
  }

  @Test
  void pitchShift() {
    float[] actual = new PitchShift(0.7).apply(clip, 0).samples();
    double[] golden = GoldenSignal.read("pitch_shift")[0];
    assertThat(GoldenSignal.agreementDb(golden, GoldenSignal.every(40, actual))).isGreaterThan(95);
  }
}
