package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spectra whose centroid, bandwidth, roll-off and flatness are known. */
class SpectralShapeTest {
  private static final int RATE = 22050;
  private static final int N_FFT = 2048;
  private static final double HZ_PER_BIN = (double) RATE / N_FFT;

  private double[] centroid;
  private double[] bandwidth;
  private double[] rolloff;
  private double[] flatness;

  private void hear(float[] samples) {
    Stft stft = new Stft(N_FFT, 512);
    int frames = stft.frames(samples.length);
    centroid = new double[frames];
    bandwidth = new double[frames];
    rolloff = new double[frames];
    flatness = new double[frames];
    SpectralShape shape = new SpectralShape(RATE, N_FFT, 0.85);
    for (int first = 0; first < frames; first += Stft.BLOCK) {
      Spectra spectra = stft.transform(samples, first, Math.min(Stft.BLOCK, frames - first));
      shape.apply(spectra, centroid, bandwidth, rolloff, first);
      new SpectralFlatness().apply(spectra, flatness, first);
    }
  }

  private static float[] impulse(int at, float height) {
    float[] samples = new float[8192];
    samples[at] = height;
    return samples;
  }

  private static float[] noise(int length) {
    SplittableRandom random = new SplittableRandom(7);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) random.nextDouble(-1, 1);
    }
    return samples;
  }

  @Test
  void aSineIsItsOwnCentroid() {
    hear(GoldenSignal.sine(100 * HZ_PER_BIN, RATE, 8192));
    // A Hann window makes three lines of it: 1/4, 1/2 and 1/4. Rounded samples add faint noise.
    assertThat(centroid[8]).isCloseTo(100 * HZ_PER_BIN, within(1e-3));
    assertThat(bandwidth[8]).isCloseTo(Math.sqrt(0.5) * HZ_PER_BIN, within(0.5));
    assertThat(rolloff[8]).isCloseTo(101 * HZ_PER_BIN, within(1e-9));
    assertThat(flatness[8]).isLessThan(1e-6);
  }

  @Test
  void twoSinesHaveTheirCentroidBetweenThem() {
    float[] samples = GoldenSignal.sine(100 * HZ_PER_BIN, RATE, 8192);
    float[] other = GoldenSignal.sine(500 * HZ_PER_BIN, RATE, 8192);
    for (int i = 0; i < samples.length; i++) {
      samples[i] += 3 * other[i];
    }
    hear(samples);
    assertThat(centroid[8]).isCloseTo(400 * HZ_PER_BIN, within(0.01));
    assertThat(bandwidth[8])
        .isCloseTo(Math.sqrt(0.25 * 300 * 300 + 0.75 * 100 * 100) * HZ_PER_BIN, within(0.1));
    assertThat(rolloff[8]).isCloseTo(501 * HZ_PER_BIN, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 1e-20f, Float.MAX_VALUE})
  void anImpulseIsFlatAtAnyLevel(float height) {
    hear(impulse(4096, height));
    assertThat(centroid[8]).isCloseTo(512 * HZ_PER_BIN, within(1e-6));
    assertThat(bandwidth[8])
        .isCloseTo(Math.sqrt((1025.0 * 1025 - 1) / 12) * HZ_PER_BIN, within(1e-6));
    assertThat(rolloff[8]).isCloseTo(871 * HZ_PER_BIN, within(1e-9));
    assertThat(flatness[8]).isCloseTo(1, within(1e-8));
  }

  @Test
  void silenceIsZeroAndFlat() {
    hear(new float[4096]);
    assertThat(centroid).containsOnly(0);
    assertThat(bandwidth).containsOnly(0);
    assertThat(rolloff).containsOnly(0);
    assertThat(flatness[4]).isCloseTo(1, within(1e-8)).isLessThanOrEqualTo(1);
  }

  @Test
  void whiteNoiseFillsTheBand() {
    hear(noise(200_000));
    assertThat(mean(centroid)).isCloseTo(RATE / 4.0, within(20.0));
    assertThat(mean(rolloff)).isCloseTo(0.85 * RATE / 2.0, within(20.0));
    assertThat(mean(bandwidth)).isCloseTo(RATE / 2.0 / Math.sqrt(12), within(20.0));
    // The powers have an exponential distribution; its geometric mean is e to minus Euler's gamma.
    assertThat(mean(flatness)).isCloseTo(Math.exp(-0.5772156649), within(0.01));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void theRollOffMustLieInsideTheSpectrum() {
    for (double percent : new double[] {0, 1, -0.5, Double.NaN}) {
      assertThatThrownBy(() -> new SpectralShape(RATE, N_FFT, percent))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rollPercent");
    }
  }
}
