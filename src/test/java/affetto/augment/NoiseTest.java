package affetto.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import affetto.audio.Waveform;
import affetto.dsp.Fft;
import affetto.dsp.GoldenSignal;
import affetto.dsp.Workbench;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {

  private static final Workbench BENCH = new Workbench();

  /** Power of a signal, whose length is a power of two, from one frequency up to another. */
  private static double bandPower(float[] samples, int sampleRate, double fromHz, double toHz) {
    Fft fft = new Fft(samples.length);
    double[] re = new double[fft.bins()];
    double[] im = new double[fft.bins()];
    double[] signal = new double[samples.length];
    for (int i = 0; i < samples.length; i++) {
      signal[i] = samples[i];
    }
    fft.forward(signal, re, im);
    double power = 0;
    for (int k = 0; k < fft.bins(); k++) {
      double hz = (double) k * sampleRate / samples.length;
      power += hz >= fromHz && hz < toHz ? re[k] * re[k] + im[k] * im[k] : 0;
    }
    return power;
  }

  /**
   * Octaves of pink noise have equal power, so its density falls by 3.01 dB from each to the next.
   */
  @ParameterizedTest
  @ValueSource(ints = {8000, 22050, 48000})
  void pinkNoiseFallsByThreeDecibelsAnOctave(int rate) {
    // A passage of a longer one, so that the bins are not those that it was made of.
    float[] noise = Arrays.copyOf(PinkNoise.noise(300_000, rate, new NoiseSource(5)), 1 << 18);
    double first = bandPower(noise, rate, 40, 80);
    for (double hz = 80; 2 * hz <= rate / 2.0; hz *= 2) {
      double octave = bandPower(noise, rate, hz, 2 * hz);
      assertThat(10 * Math.log10(octave / first)).as("%.0f Hz", hz).isCloseTo(0, within(0.6));
    }
    double below = bandPower(noise, rate, 0, 15);
    assertThat(10 * Math.log10(below / first)).isLessThan(-20);
  }

  @Test
  void whiteNoiseHasTheSamePowerEverywhere() {
    Waveform click = new Waveform(new float[1 << 17], 16000);
    click.samples()[0] = 0.01f;
    float[] noise = new WhiteNoise(-30).apply(click, 3, BENCH).samples();
    double first = bandPower(noise, 16000, 0, 1000);
    for (int khz = 1; khz < 8; khz++) {
      double band = bandPower(noise, 16000, 1000 * khz, 1000 * khz + 1000);
      assertThat(10 * Math.log10(band / first)).isCloseTo(0, within(0.3));
    }
  }

  @Test
  void aPassageIsTakenFromWithinALongRecording() {
    float[] ramp = new float[1000];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i + 1;
    }
    NoiseBank bank = new NoiseBank("ramp", List.of(new Waveform(ramp, 8000)));
    int least = 1000;
    int most = 0;
    for (int seed = 0; seed < 200; seed++) {
      float[] passage = bank.passage(400, 8000, new NoiseSource(seed), BENCH);
      assertThat(passage).hasSize(400);
      for (int i = 1; i < passage.length; i++) {
        assertThat(passage[i]).isEqualTo(passage[i - 1] + 1);
      }
      least = Math.min(least, (int) passage[0]);
      most = Math.max(most, (int) passage[399]);
    }
    assertThat(least).isLessThan(50);
    assertThat(most).isBetween(951, 1000);
  }

  /** A steady hum keeps its level over the seams of a loop, and makes no jump. */
  @Test
  void aShortRecordingIsLoopedWithoutASeam() {
    float[] hum = GoldenSignal.sine(200, 8000, 1640);
    NoiseBank bank = new NoiseBank("hum", List.of(new Waveform(hum, 8000)));
    float[] looped = bank.passage(20_000, 8000, new NoiseSource(4), BENCH);
    double steepest = 2 * Math.PI * 200 / 8000;
    for (int i = 1; i < looped.length; i++) {
      assertThat((double) Math.abs(looped[i] - looped[i - 1])).isLessThan(1.6 * steepest);
    }
    // The seam meets the hum in phase, where fading raises it most: by 3 dB, in its middle.
    assertThat(Level.power(looped)).isCloseTo(0.5, within(0.05));
    assertThat(Arrays.copyOfRange(looped, 0, 1000))
        .isEqualTo(Arrays.copyOfRange(looped, 1560, 2560));
  }

  @Test
  void aRecordingIsHeardAtTheRateOfTheClip() {
    NoiseBank bank =
        new NoiseBank("hum", List.of(new Waveform(GoldenSignal.sine(1000, 48000, 96000), 48000)));
    float[] passage = bank.passage(1 << 13, 16000, new NoiseSource(1), BENCH);
    double all = bandPower(passage, 16000, 0, 8000);
    assertThat(bandPower(passage, 16000, 950, 1050) / all).isGreaterThan(0.98);
  }

  @Test
  void silentPassagesArePassedOver() {
    float[] mostlySilent = new float[40_000];
    Arrays.fill(mostlySilent, 0, 8000, 0.2f);
    NoiseBank bank = new NoiseBank("gaps", List.of(new Waveform(mostlySilent, 16000)));
    Waveform clip = new Waveform(GoldenSignal.make(0.1, 16000), 16000);
    for (int seed = 0; seed < 20; seed++) {
      assertThat(new RecordedNoise(bank, 0).apply(clip, seed, BENCH).samples())
          .isNotEqualTo(clip.samples());
    }
    NoiseBank silent = new NoiseBank("silent", List.of(new Waveform(new float[100], 16000)));
    assertThat(new RecordedNoise(silent, 0).apply(clip, 1, BENCH).samples())
        .isEqualTo(clip.samples());
  }

  @Test
  void aBankIsWhatItHolds() {
    Waveform a = new Waveform(new float[] {0.1f}, 8000);
    Waveform b = new Waveform(new float[] {0.2f}, 8000);
    NoiseBank bank = new NoiseBank("In the_car (1)", List.of(a, b));
    assertThat(new RecordedNoise(bank, -5).id())
        .matches("recorded-In-the-car--1--[0-9a-f]{8}-snr-5");
    NoiseBank same =
        new NoiseBank("In the_car (1)", List.of(a, new Waveform(new float[] {0.2f}, 8000)));
    assertThat(same).isEqualTo(bank).hasSameHashCodeAs(bank).hasToString(bank.toString());
    assertThat(new NoiseBank("In the_car (1)", List.of(b, a))).isNotEqualTo(bank);
    assertThat(new NoiseBank("bus", List.of(a, b))).isNotEqualTo(bank);
    assertThat(new NoiseBank("x".repeat(300), List.of(a)).id()).hasSize(69);
    assertThatThrownBy(() -> new NoiseBank("none", List.of())).hasMessageContaining("none");
    assertThatThrownBy(() -> new NoiseBank("empty", List.of(a, new Waveform(new float[0], 8000))))
        .hasMessageContaining("empty");
  }

  @Test
  void aFolderWaitsForItsRecordings() {
    FolderNoise asked = new FolderNoise("s3a://noise/cafe_2/", 12.5);
    assertThat(asked.name()).isEqualTo("cafe_2");
    assertThat(asked.id()).matches("recorded-cafe-2-[0-9a-f]{8}-snr\\+12.5");
    assertThat(asked.id()).isNotEqualTo(new FolderNoise("s3a://other/cafe_2/", 12.5).id());
    assertThat(new FolderNoise("babble", 0).name()).isEqualTo("babble");
    assertThatThrownBy(() -> asked.apply(new Waveform(new float[1], 8000), 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("s3a://noise/cafe_2/");
    NoiseBank bank = new NoiseBank(asked.name(), List.of(new Waveform(new float[] {0.1f}, 8000)));
    assertThat(asked.with(bank)).isEqualTo(new RecordedNoise(bank, 12.5));
  }
}
