package affetto.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import affetto.audio.Waveform;
import affetto.dsp.GoldenSignal;
import affetto.fault.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AugmentationTest {

  @Test
  void idsSpellTheParameters() {
    assertThat(new Clean().id()).isEqualTo("clean");
    assertThat(new AddNoise(0.035).id()).isEqualTo("noise-0.035");
    assertThat(new AddNoise(0.00001).id()).isEqualTo("noise-0.00001");
    assertThat(new TimeStretch(0.8).id()).isEqualTo("stretch-0.8");
    assertThat(new TimeStretch(2.0).id()).isEqualTo("stretch-2");
    assertThat(new PitchShift(0.7).id()).isEqualTo("pitch+0.7");
    assertThat(new PitchShift(-2).id()).isEqualTo("pitch-2");
    assertThat(new PitchShift(-0.0).id()).isEqualTo("pitch+0");
    assertThat(new Chain(List.of(new TimeStretch(0.8), new PitchShift(0.7))).id())
        .isEqualTo("stretch-0.8_pitch+0.7");
  }

  @Test
  void parametersOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new TimeStretch(0))
        .isInstanceOf(BadInputException.class)
        .hasMessage("augmentation stretch: rate must be between 0.25 and 4, was 0.0");
    assertThatThrownBy(() -> new PitchShift(Double.NaN)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> new PitchShift(25)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> new AddNoise(-0.1)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> new AddNoise(1.1)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> new Chain(List.of())).isInstanceOf(BadInputException.class);
  }

  @Test
  void chainsWithinChainsAreTheSameChain() {
    Augmentation a = new AddNoise(0.1);
    Augmentation b = new AddNoise(0.2);
    Chain nested = new Chain(List.of(new Chain(List.of(a)), new Chain(List.of(b, a))));
    assertThat(nested).isEqualTo(new Chain(List.of(a, b, a)));
  }

  @Test
  void aChainOfOneIsThatOne() {
    Waveform clip = new Waveform(GoldenSignal.make(0.1, 16000), 16000);
    Augmentation noise = new AddNoise(0.1);
    assertThat(new Chain(List.of(noise)).apply(clip, 5).samples())
        .isEqualTo(noise.apply(clip, 5).samples());
  }

  @Test
  void noiseHasTheDeviationOfItsDraw() {
    float[] samples = new float[200_000];
    samples[7] = 0.5f;
    samples[8] = -0.9f;
    double shares = 0;
    int seeds = 40;
    for (int seed = 0; seed < seeds; seed++) {
      float[] noisy = new AddNoise(0.1).apply(new Waveform(samples, 16000), seed).samples();
      double mean = 0;
      double square = 0;
      double fourth = 0;
      for (int i = 0; i < samples.length; i++) {
        double noise = noisy[i] - samples[i];
        mean += noise / samples.length;
        square += noise * noise / samples.length;
        fourth += noise * noise * noise * noise / samples.length;
      }
      // The largest sample counts, not the largest magnitude.
      double share = Math.sqrt(square) / (0.1 * 0.5);
      assertThat(share).isBetween(0.0, 1.01);
      assertThat(mean / Math.sqrt(square)).isCloseTo(0, within(0.02));
      assertThat(fourth / square / square).isCloseTo(3, within(0.1));
      shares += share / seeds;
    }
    assertThat(shares).isCloseTo(0.5, within(0.15));
  }

  @Test
  void pitchShiftMovesASine() {
    Waveform clip = new Waveform(GoldenSignal.sine(440, 22050, 22050), 22050);
    float[] shifted = new PitchShift(12).apply(clip, 0).samples();
    int crossings = 0;
    for (int i = 5001; i <= 15000; i++) {
      crossings += shifted[i - 1] < 0 != shifted[i] < 0 ? 1 : 0;
    }
    assertThat(crossings / 2.0 / (10000 / 22050.0)).isCloseTo(880, within(3.0));
  }

  @Test
  void timeStretchKeepsThePitch() {
    Waveform clip = new Waveform(GoldenSignal.sine(440, 22050, 22050), 22050);
    float[] slow = new TimeStretch(0.5).apply(clip, 0).samples();
    int crossings = 0;
    for (int i = 10001; i <= 30000; i++) {
      crossings += slow[i - 1] < 0 != slow[i] < 0 ? 1 : 0;
    }
    assertThat(crossings / 2.0 / (20000 / 22050.0)).isCloseTo(440, within(2.0));
  }
}
