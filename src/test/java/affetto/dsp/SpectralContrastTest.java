package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectralContrastTest {
  private static final int RATE = 22050;
  private static final int N_FFT = 2048;

  private static double[][] contrasts(float[] samples) {
    SpectralContrast contrast = new SpectralContrast(RATE, N_FFT, 200, 6, 0.02);
    Stft stft = new Stft(N_FFT, 512);
    int frames = stft.frames(samples.length);
    double[][] peaks = new double[contrast.bands()][frames];
    double[][] valleys = new double[contrast.bands()][frames];
    contrast.apply(stft.transform(samples, 0, frames), peaks, valleys, 0);
    SpectralContrast.toDecibels(peaks, valleys, frames);
    return peaks;
  }

  @ParameterizedTest
  @CsvSource({"22050, 2048, 200, 6, 0.02", "16000, 512, 300, 4, 0.3", "8000, 1024, 500, 1, 0.9"})
  void peaksAndValleysAreMeansOfTheSortedMagnitudes(
      double rate, int nFft, double fMinHz, int nBands, double quantile) {
    Spectra spectra = new Stft(nFft, nFft / 4).transform(GoldenSound.NOISE.samples(), 3, 9);
    SpectralContrast contrast = new SpectralContrast(rate, nFft, fMinHz, nBands, quantile);
    double[][] peaks = new double[nBands + 1][11];
    double[][] valleys = new double[nBands + 1][11];
    contrast.apply(spectra, peaks, valleys, 2);
    for (int band = 0; band <= nBands; band++) {
      double hzPerBin = rate / nFft;
      double low = band == 0 ? 0 : fMinHz * Math.pow(2, band - 1);
      int from = band == 0 ? 0 : (int) Math.ceil(low / hzPerBin) - 1;
      int to =
          band == nBands ? nFft / 2 : (int) Math.floor(fMinHz * Math.pow(2, band) / hzPerBin) - 1;
      int wide = to - from + (band == nBands ? 1 : 2);
      int count = (int) Math.max(1, Math.rint(quantile * wide));
      for (int t = 0; t < 9; t++) {
        double[] sorted = new double[to - from + 1];
        for (int k = from; k <= to; k++) {
          sorted[k - from] = Math.hypot(spectra.re()[k][t], spectra.im()[k][t]);
        }
        Arrays.sort(sorted);
        double valley = Arrays.stream(sorted, 0, count).average().orElseThrow();
        double peak =
            Arrays.stream(sorted, sorted.length - count, sorted.length).average().orElseThrow();
        assertThat(peaks[band][2 + t]).isCloseTo(peak, within(1e-9));
        assertThat(valleys[band][2 + t]).isCloseTo(valley, within(1e-9));
      }
    }
  }

  @Test
  void tonesContrastMoreThanNoise() {
    double[][] tone = contrasts(GoldenSignal.sine(1000, RATE, 8192));
    double[][] noise = contrasts(GoldenSound.NOISE.samples());
    // 1000 Hz lie in the band from 800 to 1600.
    assertThat(tone[3][8]).isGreaterThan(30);
    assertThat(noise[3][8]).isBetween(5.0, 20.0);
  }

  @Test
  void silenceHasNone() {
    for (double[] contrast : contrasts(new float[3000])) {
      assertThat(contrast).containsOnly(0);
    }
  }

  @Test
  void aGainChangesNothing() {
    float[] soft = GoldenSound.NOISE.samples();
    double[][] before = contrasts(soft);
    for (int i = 0; i < soft.length; i++) {
      soft[i] /= 64;
    }
    double[][] after = contrasts(soft);
    for (int band = 0; band < before.length; band++) {
      for (int t = 0; t < before[band].length; t++) {
        assertThat(after[band][t]).isCloseTo(before[band][t], within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, 7, 0.02, no 7 octaves from 200.0 Hz",
    "0, 6, 0.02, no 6 octaves from 0.0 Hz",
    "200, 0, 0.02, no 0 octaves",
    "200, 6, 1, quantile",
    "200, 6, 0, quantile",
    "8, 1, 0.02, band 0 holds no frequency"
  })
  void refusesWhatCannotBe(double fMinHz, int nBands, double quantile, String complaint) {
    assertThatThrownBy(() -> new SpectralContrast(RATE, N_FFT, fMinHz, nBands, quantile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }
}
