package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DctTest {

  @Test
  void framesAreTransformedAsVectorsAre() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] rows = new double[12][5];
    for (double[] row : rows) {
      for (int t = 0; t < row.length; t++) {
        row[t] = random.nextDouble(-100, 0);
      }
    }
    Dct dct = new Dct(12, 7);
    double[][] out = new double[7][8];
    dct.apply(rows, 5, out, 2);
    double[] vector = new double[12];
    double[] wanted = new double[7];
    for (int t = 0; t < 5; t++) {
      for (int n = 0; n < 12; n++) {
        vector[n] = rows[n][t];
      }
      dct.apply(vector, wanted);
      for (int k = 0; k < 7; k++) {
        assertThat(out[k][2 + t]).isCloseTo(wanted[k], within(1e-12));
        assertThat(out[k][0]).isZero();
        assertThat(out[k][7]).isZero();
      }
    }
  }
}
