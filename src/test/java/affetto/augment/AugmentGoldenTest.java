package affetto.augment;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.audio.Waveform;
import affetto.dsp.Golden;
import affetto.dsp.GoldenSound;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Against librosa 0.11.0 in double precision; see make_goldens.py beside the numbers. Bounds are of
 * the root mean square of the differences, relative to that of the sound.
 */
class AugmentGoldenTest {

  @ParameterizedTest
  @EnumSource
  void timeStretch(GoldenSound sound) {
    hold(sound, "time_stretch_0.8", new TimeStretch(0.8), 1e-6);
    hold(sound, "time_stretch_1.3", new TimeStretch(1.3), 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void pitchShift(GoldenSound sound) {
    hold(sound, "pitch_shift_0.7", new PitchShift(0.7), 6e-4);
    hold(sound, "pitch_shift_-3", new PitchShift(-3), 2e-4);
  }

  private static void hold(
      GoldenSound sound, String name, Augmentation augmentation, double relative) {
    Golden golden = Golden.of(sound);
    Waveform clip = new Waveform(sound.samples(), GoldenSound.RATE);
    double[] changed = Golden.toDoubles(augmentation.apply(clip, 0).samples());
    assertThat(golden.soundError(name, changed))
        .isLessThanOrEqualTo(relative * golden.soundLevel(name));
  }
}
