package affetto.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import affetto.audio.Waveform;
import affetto.dsp.GoldenSignal;
import affetto.fault.BadInputException;
import java.util.Arrays;
import java.util.Collections;
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
    assertThat(new WhiteNoise(10).id()).isEqualTo("white-snr+10");
    assertThat(new PinkNoise(-2.5).id()).isEqualTo("pink-snr-2.5");
    assertThat(new Speed(0.9).id()).isEqualTo("speed-0.9");
    assertThat(new Gain(-6, false).id()).isEqualTo("gain-6");
    assertThat(new Gain(12, true).id()).isEqualTo("gain+12-clipped");
    assertThat(new TimeShift(-0.2, false).id()).isEqualTo("shift-0.2");
    assertThat(new TimeShift(0.2, false).id()).isEqualTo("shift+0.2");
    assertThat(new TimeShift(0.2, true).id()).isEqualTo("shift-random-0.2");
    assertThat(new Reverb(0.4, 6).id()).isEqualTo("reverb-0.4-drr+6");
    assertThat(new Telephone().id()).isEqualTo("telephone");
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
    assertThatThrownBy(() -> new WhiteNoise(-41)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> new PinkNoise(101)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> new FolderNoise("f", 101)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> new Speed(5)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> new Gain(61, false)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> new TimeShift(-61, false)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> new TimeShift(-1, true))
        .isInstanceOf(BadInputException.class)
        .hasMessage("augmentation time-shift: seconds must be between 0 and 60, was -1.0");
    assertThatThrownBy(() -> new Reverb(-0.1, 0)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> new Reverb(1, 61)).isInstanceOf(BadInputException.class);
  }

  /** A folder's name may have 255 bytes. */
  @Test
  void aChainWhoseNameIsTooLongIsRefused() {
    List<Augmentation> many = Collections.nCopies(21, new Gain(1.25, false));
    assertThatThrownBy(() -> new Chain(many))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("200 characters");
  }

  @Test
  void aChainIsRevisedWithAnyOfItsSteps() {
    assertThat(new AddNoise(0.1).revision()).isEqualTo(2);
    assertThat(new Chain(List.of(new Clean(), new Speed(2))).revision()).isEqualTo(1);
    assertThat(new Chain(List.of(new AddNoise(0.1), new AddNoise(0.1))).revision()).isEqualTo(3);
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

  /** The frequency of a sine by its zeros, away from the ends. */
  private static double frequency(float[] sine, int sampleRate) {
    int margin = sine.length / 4;
    int crossings = 0;
    for (int i = margin + 1; i <= sine.length - margin; i++) {
      crossings += sine[i - 1] < 0 != sine[i] < 0 ? 1 : 0;
    }
    return crossings / 2.0 * sampleRate / (sine.length - 2 * margin);
  }

  @Test
  void pitchShiftMovesASine() {
    Waveform clip = new Waveform(GoldenSignal.sine(440, 22050, 22050), 22050);
    float[] shifted = new PitchShift(12).apply(clip, 0).samples();
    assertThat(frequency(shifted, 22050)).isCloseTo(880, within(3.0));
  }

  @Test
  void timeStretchKeepsThePitch() {
    Waveform clip = new Waveform(GoldenSignal.sine(440, 22050, 22050), 22050);
    float[] slow = new TimeStretch(0.5).apply(clip, 0).samples();
    assertThat(frequency(slow, 22050)).isCloseTo(440, within(2.0));
  }

  @Test
  void speedMovesPitchAndTempo() {
    Waveform clip = new Waveform(GoldenSignal.sine(440, 22050, 22050), 22050);
    for (double rate : new double[] {0.5, 0.9, 1.1, 1.37, 2}) {
      float[] played = new Speed(rate).apply(clip, 0).samples();
      assertThat(played).hasSize((int) Math.rint(22050 / rate));
      assertThat(frequency(played, 22050)).isCloseTo(440 * rate, within(2.5));
      assertThat(Level.peak(played)).isCloseTo(1, within(0.001));
    }
  }

  @Test
  void speedLetsNothingFoldOver() {
    Waveform clip = new Waveform(GoldenSignal.sine(9000, 22050, 22050), 22050);
    float[] played = new Speed(1.5).apply(clip, 0).samples();
    float[] middle = Arrays.copyOfRange(played, 2000, 12000);
    assertThat(10 * Math.log10(Level.power(middle))).isLessThan(-100);
  }

  @Test
  void gainIsInDecibelsUpToFullScale() {
    Waveform clip = new Waveform(new float[] {0.25f, -0.5f, 0}, 16000);
    double six = Math.pow(10, 6 / 20.0);
    assertThat(new Gain(-6, false).apply(clip, 0).samples())
        .containsExactly((float) (0.25 / six), (float) (-0.5 / six), 0);
    assertThat(new Gain(6, false).apply(clip, 0).samples())
        .containsExactly((float) (0.25 * six), (float) (-0.5 * six), 0);
    assertThat(new Gain(40, false).apply(clip, 0).samples()).containsExactly(0.5f, -1, 0);
    assertThat(new Gain(40, true).apply(clip, 0).samples()).containsExactly(1, -1, 0);
  }

  /** Files of floats may exceed full scale; what they had is the limit then. */
  @Test
  void aClipBeyondFullScaleMayStayThere() {
    Waveform clip = new Waveform(new float[] {1.5f, -0.5f}, 16000);
    assertThat(new Gain(10, false).apply(clip, 0).samples()).containsExactly(1.5f, -0.5f);
    assertThat(new Gain(10, true).apply(clip, 0).samples()).containsExactly(1, -1);
  }

  @Test
  void timeShiftMovesSamplesAndFillsWithZeros() {
    Waveform clip = new Waveform(new float[] {1, 2, 3, 4, 5}, 10);
    assertThat(new TimeShift(0.2, false).apply(clip, 0).samples()).containsExactly(0, 0, 1, 2, 3);
    assertThat(new TimeShift(-0.3, false).apply(clip, 0).samples()).containsExactly(4, 5, 0, 0, 0);
    assertThat(new TimeShift(7, false).apply(clip, 0).samples()).containsExactly(0, 0, 0, 0, 0);
    assertThat(new TimeShift(-60, false).apply(clip, 0).samples()).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void aRandomShiftGoesBothWays() {
    float[] click = new float[2001];
    click[1000] = 1;
    int[] quarters = new int[4];
    for (int seed = 0; seed < 2000; seed++) {
      float[] moved = new TimeShift(0.5, true).apply(new Waveform(click, 1000), seed).samples();
      int at = 0;
      while (moved[at] == 0) {
        at++;
      }
      assertThat(at).isBetween(500, 1500);
      quarters[Math.min(3, (at - 500) / 250)]++;
    }
    for (int quarter : quarters) {
      assertThat(quarter).isBetween(420, 580);
    }
  }
}
