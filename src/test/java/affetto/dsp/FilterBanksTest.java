package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FilterBanksTest {

  private static float[] magnitudes(float[] samples) {
    Spectra spectra = new Stft(2048, 512).forward(samples);
    float[] magnitudes = new float[spectra.re().length];
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = (float) Math.hypot(spectra.re()[i], spectra.im()[i]);
    }
    return magnitudes;
  }

  @Test
  void melTrianglesHaveTheSameArea() {
    MelFilterBank bank = new MelFilterBank(22050, 2048, 128, 0, 11025);
    for (int band = 40; band < bank.bands(); band++) {
      double area = 0;
      for (float weight : bank.filter(band, 1025)) {
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
    float[] values = {1, 0.1f, 1e-9f, 0, 1e30f};
    Decibels.ofPower(values, 4, 80);
    assertThat(values).usingComparatorWithPrecision(1e-4f).containsExactly(0, -10, -80, -80, 1e30f);
    assertThat(Decibels.ofPower(0)).isEqualTo(-100);
  }

  @Test
  void aSineAtTwoTwentyIsAnA() {
    float[] magnitudes = magnitudes(GoldenSignal.sine(220, 22050, 8192));
    double[] chroma = new double[12];
    new ChromaFilterBank(22050, 2048, 0).apply(magnitudes, 8 * 1025, chroma);
    for (int c = 0; c < 12; c++) {
      assertThat(chroma[c]).isLessThanOrEqualTo(chroma[9]);
    }
  }

  @Test
  void aDetunedSineHasItsTuning() {
    // Two decimals below the next step, so that the estimate is not on an edge.
    double hz = 440 * Math.pow(2, 0.205 / 12);
    float[] magnitudes = magnitudes(GoldenSignal.sine(hz, 22050, 22050));
    int step = new TuningEstimator(22050, 2048).step(magnitudes, 44);
    assertThat(TuningEstimator.tuning(step)).isCloseTo(0.2, within(0.021));
  }

  @Test
  void silenceHasNoTuning() {
    int step = new TuningEstimator(22050, 2048).step(new float[1025], 1);
    assertThat(TuningEstimator.tuning(step)).isZero();
  }

  @Test
  void vocoderAtRateOneKeepsTheSpectra() {
    Spectra spectra = new Stft(2048, 512).forward(GoldenSignal.make(0.3, 22050));
    Spectra same = PhaseVocoder.stretch(spectra, 1);
    assertThat(same.frames()).isEqualTo(spectra.frames());
    assertThat(same.re()).usingComparatorWithPrecision(1e-4f).containsExactly(spectra.re());
    assertThat(same.im()).usingComparatorWithPrecision(1e-4f).containsExactly(spectra.im());
    assertThatThrownBy(() -> PhaseVocoder.stretch(spectra, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
