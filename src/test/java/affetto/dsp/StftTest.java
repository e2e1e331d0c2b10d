package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StftTest {

  @Test
  void aSinePeaksInItsBin() {
    float[] sine = GoldenSignal.sine(100 * 22050.0 / 2048, 22050, 8192);
    Spectra spectra = new Stft(2048, 512).transform(sine, 8, 1);
    float[] power = new float[1];
    int peak = 0;
    float highest = 0;
    for (int k = 0; k < spectra.bins(); k++) {
      spectra.power(k, power);
      peak = power[0] > highest ? k : peak;
      highest = Math.max(highest, power[0]);
    }
    assertThat(peak).isEqualTo(100);
    // Half the sum of the window: 2048 / 2 / 2.
    assertThat(Math.sqrt(highest)).isCloseTo(512, within(1e-3));
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

  @ParameterizedTest
  @ValueSource(ints = {1, 511, 512, 5000, 22050, 200_000})
  void theInverseGivesTheSignalBackUpToTheLastFrame(int length) {
    float[] samples = Arrays.copyOf(GoldenSignal.make(length / 22050.0 + 0.1, 22050), length);
    Stft stft = new Stft(2048, 512);
    InverseStft inverse = new InverseStft(2048);
    inverse.begin(length);
    int frames = stft.frames(length);
    for (int first = 0; first < frames; first += 100) {
      int count = Math.min(100, frames - first);
      Spectra spectra = stft.transform(samples, first, count);
      for (int k = 0; k < spectra.bins(); k++) {
        for (int t = 0; t < count; t++) {
          inverse.re()[k][t] = (float) spectra.re()[k][t];
          inverse.im()[k][t] = (float) spectra.im()[k][t];
        }
      }
      inverse.add(count);
    }
    assertThat(inverse.end()).usingComparatorWithPrecision(1e-6f).containsExactly(samples);
  }

  @Test
  void framesFollowTheHop() {
    Stft stft = new Stft(2048, 512);
    assertThat(stft.frames(1)).isEqualTo(1);
    assertThat(stft.frames(511)).isEqualTo(1);
    assertThat(stft.frames(512)).isEqualTo(2);
    assertThat(stft.frames(55125)).isEqualTo(108);
  }

  @Test
  void samplesBeyondTheEndsAreZeros() {
    float[] samples = {0, 0, 0, 1};
    Spectra spectra = new Stft(8, 4).transform(samples, 0, 1);
    // Sample 3 stands at 7 of the frame around sample 0.
    assertThat(Math.hypot(spectra.re()[1][0], spectra.im()[1][0]))
        .isCloseTo(Window.hann(8)[7], within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"512, 160, 400", "2048, 512, 2048", "64, 7, 64", "16, 20, 11"})
  void framesAreTheSameInAnyBlock(int nFft, int hopLength, int winLength) {
    float[] samples = GoldenSignal.make(0.3, 16000);
    Stft stft = new Stft(nFft, hopLength, winLength);
    int frames = Math.min(40, stft.frames(samples.length));
    double[][] all = copy(stft.transform(samples, 0, frames));
    for (int t = 0; t < frames; t++) {
      Spectra one = stft.transform(samples, t, 1);
      for (int k = 0; k < one.bins(); k++) {
        assertThat(one.re()[k][0]).isEqualTo(all[k][t]);
      }
    }
  }

  private static double[][] copy(Spectra spectra) {
    return Arrays.stream(spectra.re()).map(double[]::clone).toArray(double[][]::new);
  }

  @Test
  void whatIsKeptIsWhatWouldBeComputed() {
    float[] first = GoldenSignal.make(0.3, 22050);
    float[] second = GoldenSignal.make(0.2, 22050);
    Stft plain = new Stft(512, 128);
    Stft keeping = new Stft(512, 128);
    for (float[] samples : List.of(first, second, first)) {
      keeping.keep(samples);
      int frames = plain.frames(samples.length);
      for (int again = 0; again < 2; again++) {
        keeping.transform(second, 0, 3);
        assertThat(copy(keeping.transform(samples, 0, frames)))
            .isDeepEqualTo(copy(plain.transform(samples, 0, frames)));
      }
    }
  }
}
