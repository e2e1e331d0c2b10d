package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

  /** Level of a sine after resampling in dB, away from the ends. */
  private static double levelDb(double from, double to, double hz) {
    float[] in = new float[(int) from];
    for (int i = 0; i < in.length; i++) {
      in[i] = (float) Math.sin(2 * Math.PI * hz * i / from);
    }
    float[] out = new Resampler(from, to).apply(in);
    // A Hann window, so that the sine's beginning and end do not matter.
    double[] window = Window.hann(out.length / 2);
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < window.length; i++) {
      double sample = out[out.length / 4 + i];
      sum += window[i] * sample * sample;
      weight += window[i];
    }
    return 10 * Math.log10(2 * sum / weight + 1e-20);
  }

  @ParameterizedTest
  @CsvSource({
    "48000,22050",
    "44100,22050",
    "24414,22050",
    "16000,22050",
    "11025,16000",
    "24414,16000",
    "96000,22050",
    "22050,22959.64",
    "22959.64,22050",
    "22051,22050"
  })
  void keepsTheBandAndNothingElse(double from, double to) {
    double nyquist = Math.min(from, to) / 2;
    for (double share : new double[] {0.01, 0.3, 0.7, 0.9}) {
      assertThat(levelDb(from, to, share * nyquist)).isCloseTo(0, within(0.01));
    }
    for (double share : new double[] {1.001, 1.05, 1.5, 2.5}) {
      if (share * nyquist < from / 2) {
        assertThat(levelDb(from, to, share * nyquist)).isLessThan(-80);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"16000,22050", "24414,22050", "22959.64,22050", "48000,16000"})
  void aSineStaysThatSine(double from, double to) {
    double hz = 0.6 * Math.min(from, to) / 2;
    float[] in = new float[4000];
    for (int i = 0; i < in.length; i++) {
      in[i] = (float) Math.sin(2 * Math.PI * hz * i / from);
    }
    float[] out = new Resampler(from, to).apply(in);
    for (int i = out.length / 4; i < 3 * out.length / 4; i++) {
      assertThat(out[i]).isCloseTo((float) Math.sin(2 * Math.PI * hz * i / to), within(3e-5f));
    }
  }

  @Test
  void lengthIsTheCeilingOfTheRatio() {
    assertThat(new Resampler(48000, 22050).apply(new float[120000])).hasSize(55125);
    assertThat(new Resampler(16000, 22050).apply(new float[3])).hasSize(5);
    assertThat(new Resampler(48000, 16000).apply(new float[4])).hasSize(2);
    assertThat(new Resampler(48000, 16000).apply(new float[0])).isEmpty();
  }

  @Test
  void anyPairOfWholeRatesStaysSmall() {
    float[] in = new float[1000];
    in[500] = 1;
    assertThat(new Resampler(191_999, 22050).apply(in)).hasSize(115);
    assertThat(new Resampler(8001, 47_999).apply(in)).hasSize(6000);
  }

  @Test
  void equalRatesChangeNothing() {
    float[] in = {1, 2, 3};
    assertThat(new Resampler(16000, 16000).apply(in)).isSameAs(in);
  }

  @Test
  void refusesAbsurdRates() {
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e9}) {
      assertThatThrownBy(() -> new Resampler(rate, 16000))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Resampler(10, 50_000).outputLength(1_000_000))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
