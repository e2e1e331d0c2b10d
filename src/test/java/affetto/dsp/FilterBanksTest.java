package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FilterBanksTest {

  static float[][] magnitudes(Spectra spectra) {
    float[][] magnitudes = new float[spectra.bins()][spectra.frames()];
    for (int k = 0; k < magnitudes.length; k++) {
      spectra.power(k, magnitudes[k]);
      Rows.squareRoot(magnitudes[k], magnitudes[k], spectra.frames());
    }
    return magnitudes;
  }

  private static float[][] magnitudes(float[] samples) {
    Stft stft = new Stft(2048, 512);
    return magnitudes(stft.transform(samples, 0, stft.frames(samples.length)));
  }

  @Test
  void melTrianglesHaveTheSameArea() {
    MelFilterBank bank = new MelFilterBank(22050, 2048, 128, 0, 11025);
    for (int band = 40; band < bank.bands(); band++) {
      double area = 0;
      for (float weight : bank.filter(band)) {
        area += weight * 22050.0 / 2048;
      }
      assertThat(area).isCloseTo(1, within(0.03));
    }
  }

  @Test
  void melAndHertzAreInverse() {
    for (double hz : new double[] {0, 66, 999, 1000, 1001, 8000}) {
      assertThat(MelScale.toHz(MelScale.fromHz(hz))).isCloseTo(hz, within(1e-9));
    }
    assertThat(MelScale.fromHz(1000)).isCloseTo(15, within(1e-12));
    assertThat(MelScale.fromHz(6400)).isCloseTo(42, within(1e-12));
  }

  @Test
  void melRefusesBandsAboveHalfTheRate() {
    assertThatThrownBy(() -> new MelFilterBank(16000, 512, 64, 50, 8001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8001");
  }

  @Test
  void dctIsOrthonormal() {
    Dct dct = new Dct(16, 16);
    double[][] rows = new double[16][16];
    for (int n = 0; n < 16; n++) {
      double[] unit = new double[16];
      unit[n] = 1;
      dct.apply(unit, rows[n]);
    }
    for (int a = 0; a < 16; a++) {
      for (int b = 0; b < 16; b++) {
        double product = 0;
        for (int k = 0; k < 16; k++) {
          product += rows[a][k] * rows[b][k];
        }
        assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-12));
      }
    }
  }

  @Test
  void decibelsKeepTheRangeBelowTheLoudest() {
    float[] values = {1, 0.1f, 1e-9f, 0};
    float loudest = Decibels.ofPower(values, 4);
    assertThat(loudest).isCloseTo(0, within(1e-6f));
    assertThat(values).usingComparatorWithPrecision(1e-5f).containsExactly(0, -10, -90, -100);
    Decibels.atLeast(values, loudest - 80, 4);
    assertThat(values).usingComparatorWithPrecision(1e-5f).containsExactly(0, -10, -80, -80);
  }

  @Test
  void decibelsAreTenTimesTheLogarithm() {
    SplittableRandom random = new SplittableRandom(3);
    float[] powers = new float[1000];
    double sum = 0;
    for (int i = 0; i < powers.length; i++) {
      powers[i] = (float) Math.pow(10, random.nextDouble(-9.9, 30));
      sum += 10 * Math.log10(powers[i]);
      float exact = (float) (10 * Math.log10(powers[i]));
      assertThat(Decibels.ofPower(powers[i])).isCloseTo(exact, within(Math.ulp(exact)));
    }
    assertThat(Decibels.mean(powers, 1000, Decibels.MIN_POWER)).isCloseTo(sum / 1000, within(1e-8));
    assertThat(Decibels.mean(new float[3], 3, 0.1f)).isCloseTo(-10, within(1e-6));
  }

  @Test
  void aSineAtTwoTwentyIsAnA() {
    float[][] magnitudes = magnitudes(GoldenSignal.sine(220, 22050, 8192));
    float[][] chroma = new float[12][17];
    new ChromaFilterBank(22050, 2048, 0).apply(magnitudes, chroma, 17);
    for (int c = 0; c < 12; c++) {
      assertThat(chroma[c][8]).isLessThanOrEqualTo(chroma[9][8]);
    }
  }

  @Test
  void aDetunedSineHasItsTuning() {
    // Two decimals below the next step, so that the estimate is not on an edge.
    double hz = 440 * Math.pow(2, 0.205 / 12);
    TuningEstimator estimator = new TuningEstimator(22050, 2048);
    estimator.add(magnitudes(GoldenSignal.sine(hz, 22050, 22050)), 44);
    assertThat(TuningEstimator.tuning(estimator.step())).isCloseTo(0.2, within(0.021));
  }

  @Test
  void silenceHasNoTuning() {
    TuningEstimator estimator = new TuningEstimator(22050, 2048);
    estimator.add(new float[1025][1], 1);
    assertThat(TuningEstimator.tuning(estimator.step())).isZero();
  }
}
