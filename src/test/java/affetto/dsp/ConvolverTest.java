package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolverTest {

  private static float[] signal(int length) {
    SplittableRandom random = new SplittableRandom(length);
    float[] signal = new float[length];
    for (int i = 0; i < length; i++) {
      signal[i] = (float) random.nextDouble(-1, 1);
    }
    return signal;
  }

  /** Lengths about the block's, 4096. */
  @ParameterizedTest
  @CsvSource({
    "0, 5, 0",
    "1, 1, 0",
    "5, 9, 4",
    "100, 3, 1",
    "4095, 4096, 0",
    "4096, 4097, 7",
    "4097, 129, 64",
    "9000, 5000, 4500",
    "13000, 9001, 0",
    "300, 9000, 0",
    "300, 9000, 4500"
  })
  void agreesWithTheSumThatDefinesIt(int length, int taps, int delay) {
    float[] signal = signal(length);
    double[] kernel = new SplittableRandom(taps).doubles(taps, -1, 1).toArray();
    float[] out = new Convolver().apply(signal, kernel, delay);
    assertThat(out).hasSize(length);
    for (int i = 0; i < length; i += 1 + length / 500) {
      double sum = 0;
      for (int j = 0; j < taps; j++) {
        int at = i + delay - j;
        sum += at >= 0 && at < length ? kernel[j] * signal[at] : 0;
      }
      assertThat((double) out[i]).isCloseTo(sum, within(2e-5));
    }
  }

  @Test
  void whatItDidBeforeMakesNoDifference() {
    Convolver used = new Convolver();
    double[] kernel = {0.5, -0.25};
    used.apply(signal(20_000), new double[9000], 0);
    float[] signal = signal(5000);
    float[] before = signal.clone();
    assertThat(used.apply(signal, kernel, 1)).isEqualTo(new Convolver().apply(signal, kernel, 1));
    assertThat(signal).isEqualTo(before);
    assertThat(kernel).containsExactly(0.5, -0.25);
  }
}
