package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFftTest {
  private static final int SIGNALS = 21;

  private static double[][] noise(int signals, int size) {
    SplittableRandom random = new SplittableRandom(size);
    double[][] noise = new double[signals][];
    for (int s = 0; s < signals; s++) {
      noise[s] = random.doubles(size, -1, 1).toArray();
    }
    return noise;
  }

  private static void fill(DoubleBatchFft batch, double[][] signals) {
    for (int i = 0; i < batch.size(); i++) {
      for (int s = 0; s < signals.length; s++) {
        batch.samples(i)[s] = signals[s][i];
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64, 128, 512, 2048})
  void everySignalsSpectrumIsItsOwn(int size) {
    double[][] signals = noise(SIGNALS, size);
    DoubleBatchFft batch = new DoubleBatchFft(size, SIGNALS + 2);
    fill(batch, signals);
    batch.forward(SIGNALS);
    Fft fft = new Fft(size);
    double[] re = new double[fft.bins()];
    double[] im = new double[fft.bins()];
    for (int s = 0; s < SIGNALS; s++) {
      fft.forward(signals[s], re, im);
      for (int k = 0; k < batch.bins(); k++) {
        assertThat(batch.re()[k][s]).isCloseTo(re[k], within(1e-12));
        assertThat(batch.im()[k][s]).isCloseTo(im[k], within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64, 128, 256, 1024})
  void theInverseGivesTheSignalsBack(int size) {
    double[][] signals = noise(SIGNALS, size);
    DoubleBatchFft batch = new DoubleBatchFft(size, SIGNALS);
    fill(batch, signals);
    batch.forward(SIGNALS);
    batch.inverse(SIGNALS);
    for (int i = 0; i < size; i++) {
      for (int s = 0; s < SIGNALS; s++) {
        assertThat(batch.samples(i)[s]).isCloseTo(signals[s][i], within(1e-14));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 32, 512, 2048})
  void singlePrecisionDoesTheSame(int size) {
    double[][] signals = noise(SIGNALS, size);
    DoubleBatchFft wanted = new DoubleBatchFft(size, SIGNALS);
    fill(wanted, signals);
    wanted.forward(SIGNALS);
    FloatBatchFft batch = new FloatBatchFft(size, SIGNALS);
    for (int i = 0; i < size; i++) {
      for (int s = 0; s < SIGNALS; s++) {
        batch.samples(i)[s] = (float) signals[s][i];
      }
    }
    batch.forward(SIGNALS);
    double rootMeanSquare = Math.sqrt(size / 3.0);
    for (int k = 0; k < batch.bins(); k++) {
      for (int s = 0; s < SIGNALS; s++) {
        double near = 1e-6 * rootMeanSquare;
        assertThat((double) batch.re()[k][s]).isCloseTo(wanted.re()[k][s], within(near));
        assertThat((double) batch.im()[k][s]).isCloseTo(wanted.im()[k][s], within(near));
      }
    }
    batch.inverse(SIGNALS);
    for (int i = 0; i < size; i++) {
      for (int s = 0; s < SIGNALS; s++) {
        assertThat((double) batch.samples(i)[s]).isCloseTo(signals[s][i], within(1e-6));
      }
    }
  }

  @Test
  void theWindowIsMultipliedIn() {
    double[][] signals = noise(SIGNALS, 128);
    double[] window = noise(1, 128)[0];
    DoubleBatchFft windowed = new DoubleBatchFft(128, SIGNALS, window);
    fill(windowed, signals);
    windowed.forward(SIGNALS);
    for (double[] signal : signals) {
      for (int i = 0; i < 128; i++) {
        signal[i] *= window[i];
      }
    }
    DoubleBatchFft plain = new DoubleBatchFft(128, SIGNALS);
    fill(plain, signals);
    plain.forward(SIGNALS);
    assertThat(windowed.re()).isDeepEqualTo(plain.re());
    assertThat(windowed.im()).isDeepEqualTo(plain.im());
  }

  @Test
  void onlyTheSignalsAskedForAreTouched() {
    DoubleBatchFft batch = new DoubleBatchFft(64, 8);
    fill(batch, noise(8, 64));
    double before = batch.samples(5)[7];
    batch.forward(7);
    assertThat(batch.samples(5)[7]).isEqualTo(before);
  }

  @Test
  void refusesSizesThatAreNoPowerOfTwo() {
    for (int size : new int[] {-4, 0, 2, 4, 400}) {
      assertThatThrownBy(() -> new DoubleBatchFft(size, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(size));
    }
    assertThatThrownBy(() -> new DoubleBatchFft(8, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
