package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhaseVocoderTest {

  private static PhaseVocoder vocoder() {
    return new PhaseVocoder(new Stft(2048, 512), new InverseStft(2048));
  }

  @Test
  void rateOneKeepsTheSignal() {
    float[] samples = GoldenSignal.make(0.3, 22050);
    assertThat(vocoder().stretch(samples, 1))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(samples);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.8, 1.3, 4})
  void aSineOfAnyLengthStaysASine(double rate) {
    // Long enough for several blocks.
    float[] slow = vocoder().stretch(GoldenSignal.sine(1000, 22050, 200_000), rate);
    assertThat(slow).hasSize((int) Math.rint(200_000 / rate));
    double turn = 2 * Math.cos(2 * Math.PI * 1000 / 22050);
    // Samples of a sine follow from the two before; the frames at the ends are not whole.
    int end = (int) (4000 / Math.min(1, rate));
    for (int i = end; i < slow.length - end; i++) {
      assertThat((double) slow[i]).isCloseTo(turn * slow[i - 1] - slow[i - 2], within(2e-3));
    }
  }

  @Test
  void itRemembersNothingOfTheSignalBefore() {
    float[] samples = GoldenSignal.make(0.5, 22050);
    PhaseVocoder used = vocoder();
    used.stretch(GoldenSignal.sine(300, 22050, 150_000), 0.7);
    assertThat(used.stretch(samples, 0.8)).isEqualTo(vocoder().stretch(samples, 0.8));
  }

  @Test
  void silenceStaysSilent() {
    assertThat(vocoder().stretch(new float[9000], 0.9)).containsOnly(0).hasSize(10_000);
    assertThat(vocoder().stretch(new float[0], 0.9)).isEmpty();
  }

  @Test
  void refusesRatesThatAreNotAboveZero() {
    for (double rate : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> vocoder().stretch(new float[9], rate))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rate");
    }
    assertThatThrownBy(() -> new PhaseVocoder(new Stft(2048, 256), new InverseStft(2048)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("256");
  }
}
