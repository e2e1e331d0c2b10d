package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StftTest {

  @Test
  void aSinePeaksInItsBin() {
    Stft stft = new Stft(2048, 512);
    double[] re = new double[stft.bins()];
    double[] im = new double[stft.bins()];
    stft.frame(GoldenSignal.sine(100 * 22050.0 / 2048, 22050, 8192), 8, re, im);
    int peak = 0;
    for (int k = 0; k < stft.bins(); k++) {
      if (Math.hypot(re[k], im[k]) > Math.hypot(re[peak], im[peak])) {
        peak = k;
      }
    }
    assertThat(peak).isEqualTo(100);
    // Half the sum of the window: 2048 / 2 / 2.
    assertThat(Math.hypot(re[peak], im[peak])).isCloseTo(512, within(1e-3));
  }

  @Test
  void hannSumsToHalfItsLengthAndIsPeriodic() {
    double[] window = Window.hann(400);
    assertThat(Arrays.stream(window).sum()).isCloseTo(200, within(1e-10));
    assertThat(window[0]).isZero();
    assertThat(window[200]).isEqualTo(1);
    assertThat(window[1]).isCloseTo(window[399], within(1e-15));
  }

  @Test
  void aShorterWindowStandsInTheMiddle() {
    double[] padded = Window.padCentre(Window.hann(400), 512);
    assertThat(padded[56 + 200]).isEqualTo(1);
    assertThat(padded[56]).isZero();
    assertThat(padded[57]).isPositive();
    assertThat(padded[456]).isZero();
    assertThat(padded[455]).isPositive();
    assertThatThrownBy(() -> Window.padCentre(new double[5], 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theInverseGivesTheSignalBackUpToTheLastFrame() {
    float[] samples = GoldenSignal.make(0.5, 22050);
    Stft stft = new Stft(2048, 512);
    float[] back = stft.inverse(stft.forward(samples), samples.length);
    for (int i = 0; i < samples.length; i++) {
      assertThat(back[i]).isCloseTo(samples[i], within(1e-6f));
    }
  }

  @Test
  void framesFollowTheHop() {
    Stft stft = new Stft(2048, 512);
    assertThat(stft.forward(new float[1]).frames()).isEqualTo(1);
    assertThat(stft.forward(new float[511]).frames()).isEqualTo(1);
    assertThat(stft.forward(new float[512]).frames()).isEqualTo(2);
    assertThat(stft.forward(new float[55125]).frames()).isEqualTo(108);
  }

  @Test
  void samplesBeyondTheEndsAreZeros() {
    float[] samples = {0, 0, 0, 1};
    Stft stft = new Stft(8, 4);
    double[] re = new double[5];
    double[] im = new double[5];
    stft.frame(samples, 0, re, im);
    // Sample 3 stands at 7 of the frame around sample 0.
    assertThat(Math.hypot(re[1], im[1])).isCloseTo(Window.hann(8)[7], within(1e-12));
  }
}
