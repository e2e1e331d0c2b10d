package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BandPassTest {

  private static double gainDb(double[] taps, double hz, double sampleRate) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < taps.length; i++) {
      double angle = 2 * Math.PI * hz * i / sampleRate;
      re += taps[i] * Math.cos(angle);
      im += taps[i] * Math.sin(angle);
    }
    return 10 * Math.log10(re * re + im * im);
  }

  @Test
  void passesTheBandAndStopsTheRest() {
    double[] taps = BandPass.taps(8000, 300, 3400, 150);
    for (double hz = 0; hz <= 4000; hz += 5) {
      double gain = gainDb(taps, hz, 8000);
      if (hz >= 300 && hz <= 3400) {
        assertThat(gain).as("%.0f Hz", hz).isCloseTo(0, within(0.02));
      } else if (hz <= 150 || hz >= 3550) {
        assertThat(gain).as("%.0f Hz", hz).isLessThan(-60);
      }
    }
  }

  @Test
  void isSymmetricSoLinearInPhase() {
    double[] taps = BandPass.taps(16000, 1000, 2000, 100);
    assertThat(taps.length % 2).isEqualTo(1);
    for (int i = 0; i < taps.length; i++) {
      assertThat(taps[i]).isEqualTo(taps[taps.length - 1 - i]);
    }
  }

  @Test
  void refusesBandsThatThereAreNot() {
    double[][] wrong = {
      {8000, 300, 3900, 150}, {8000, 100, 3400, 150}, {8000, 3000, 300, 150}, {8000, 300, 3400, 0}
    };
    for (double[] w : wrong) {
      assertThatThrownBy(() -> BandPass.taps(w[0], w[1], w[2], w[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no band from " + w[1]);
    }
  }
}
