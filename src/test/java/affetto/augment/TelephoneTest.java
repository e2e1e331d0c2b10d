package affetto.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import affetto.audio.Waveform;
import affetto.dsp.GoldenSignal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelephoneTest {

  private static float[] heard(double hz, double level, int rate) {
    float[] sine = Level.scaled(GoldenSignal.sine(hz, rate, rate), level);
    float[] heard = new Telephone().apply(new Waveform(sine, rate), 0).samples();
    return Arrays.copyOfRange(heard, rate / 4, 3 * rate / 4);
  }

  /** Amplitude of one frequency in what {@link #heard} returns. */
  private static double amplitude(float[] samples, double hz, int rate) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < samples.length; i++) {
      re += samples[i] * Math.cos(2 * Math.PI * hz * i / rate);
      im += samples[i] * Math.sin(2 * Math.PI * hz * i / rate);
    }
    return 2 * Math.hypot(re, im) / samples.length;
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 11025, 16000, 22050, 48000})
  void theBandPasses(int rate) {
    for (double hz : new double[] {310, 1000, 2000, 3000, 3390}) {
      double gain = amplitude(heard(hz, 0.3, rate), hz, rate) / 0.3;
      assertThat(20 * Math.log10(gain)).as("%.0f Hz", hz).isCloseTo(0, within(0.1));
    }
  }

  @Test
  void whatLiesOutsideIsStopped() {
    for (double hz : new double[] {50, 100, 140, 3600, 4200, 5000, 9000}) {
      double power = Level.power(heard(hz, 0.3, 22050)) / (0.3 * 0.3 / 2);
      assertThat(10 * Math.log10(power)).as("%.0f Hz", hz).isLessThan(-50);
    }
  }

  /** Eight bits of mu-law: 33 dB or better, whether loud or soft. */
  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.3, 0.1, 0.03})
  void theNoiseIsThatOfMuLaw(double level) {
    float[] heard = heard(1020, level, 16000);
    double amplitude = amplitude(heard, 1020, 16000);
    double noise = Level.power(heard) - amplitude * amplitude / 2;
    assertThat(10 * Math.log10(amplitude * amplitude / 2 / noise)).isBetween(33.0, 45.0);
  }

  @Test
  void timingIsKept() {
    float[] click = new float[4000];
    click[1777] = 0.9f;
    float[] heard = new Telephone().apply(new Waveform(click, 22050), 0).samples();
    int loudest = 0;
    for (int i = 0; i < heard.length; i++) {
      loudest = Math.abs(heard[i]) > Math.abs(heard[loudest]) ? i : loudest;
    }
    assertThat(loudest).isBetween(1776, 1778);
  }
}
