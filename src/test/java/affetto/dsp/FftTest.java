package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FftTest {

  private static double[] noise(int size) {
    SplittableRandom random = new SplittableRandom(size);
    return random.doubles(size, -1, 1).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16, 32, 64, 128, 256, 512})
  void agreesWithTheSumThatDefinesIt(int size) {
    double[] samples = noise(size);
    Fft fft = new Fft(size);
    double[] re = new double[fft.bins()];
    double[] im = new double[fft.bins()];
    fft.forward(samples, re, im);
    for (int k = 0; k < fft.bins(); k++) {
      double wantedRe = 0;
      double wantedIm = 0;
      for (int i = 0; i < size; i++) {
        double angle = -2 * Math.PI * ((long) i * k % size) / size;
        wantedRe += samples[i] * Math.cos(angle);
        wantedIm += samples[i] * Math.sin(angle);
      }
      assertThat(re[k]).isCloseTo(wantedRe, within(1e-11));
      assertThat(im[k]).isCloseTo(wantedIm, within(1e-11));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 512, 1024, 2048, 4096})
  void inverseGivesTheSignalBack(int size) {
    double[] samples = noise(size);
    Fft fft = new Fft(size);
    double[] re = new double[fft.bins()];
    double[] im = new double[fft.bins()];
    double[] back = new double[size];
    fft.forward(samples, re, im);
    fft.inverse(re, im, back);
    assertThat(back).usingComparatorWithPrecision(1e-13).containsExactly(samples);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 2048})
  void energyIsKept(int size) {
    double[] samples = noise(size);
    Fft fft = new Fft(size);
    double[] re = new double[fft.bins()];
    double[] im = new double[fft.bins()];
    fft.forward(samples, re, im);
    double inTime = 0;
    for (double sample : samples) {
      inTime += sample * sample;
    }
    double inFrequency = 0;
    for (int k = 0; k < fft.bins(); k++) {
      boolean alone = k == 0 || k == fft.bins() - 1;
      inFrequency += (alone ? 1 : 2) * (re[k] * re[k] + im[k] * im[k]);
    }
    assertThat(inFrequency / size).isCloseTo(inTime, within(1e-10));
  }

  @Test
  void refusesSizesThatAreNoPowerOfTwo() {
    for (int size : new int[] {-4, 0, 1, 3, 400}) {
      assertThatThrownBy(() -> new Fft(size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(size));
    }
  }
}
