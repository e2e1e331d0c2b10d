package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Loudness, balance, likeness, partials and lines: analytic truths. */
class MeasuresOfSoundTest {
  private static final int RATE = 16000;
  private static final int BINS = 257;

  @Test
  void aLineHasItsSlope() {
    LineFit line = new LineFit();
    assertThat(line.slope()).isZero();
    line.add(1e6, 5);
    assertThat(line.slope()).isZero();
    line.add(1e6 + 1, 3);
    line.add(1e6 + 2, 1);
    assertThat(line.slope()).isCloseTo(-2, within(1e-9));
    line.add(1e6 + 1, 100);
    assertThat(line.slope()).isCloseTo(-2, within(1e-9));
  }

  @Test
  void loudnessGrowsWithTheExponent() {
    Loudness loudness = new Loudness(RATE, 512);
    float[] power = new float[BINS];
    SplittableRandom random = new SplittableRandom(1);
    for (int k = 0; k < BINS; k++) {
      power[k] = (float) random.nextDouble();
    }
    double once = loudness.of(power);
    for (int k = 0; k < BINS; k++) {
      power[k] *= 4;
    }
    assertThat(loudness.of(power) / once).isCloseTo(Math.pow(4, 0.33), within(1e-6));
    assertThat(loudness.of(new float[BINS])).isZero();
  }

  @Test
  void theEarIsMostSensitiveInTheMiddle() {
    Loudness loudness = new Loudness(RATE, 512);
    float[] low = new float[BINS];
    float[] middle = new float[BINS];
    low[3] = 1;
    middle[100] = 1;
    assertThat(loudness.of(middle)).isGreaterThan(2 * loudness.of(low));
  }

  @Test
  void balanceIsWhatItsBandsHold() {
    SpectralBalance balance = new SpectralBalance(RATE, 512);
    float[] power = new float[BINS];
    power[0] = 1e6f;
    power[1] = 1e6f;
    power[16] = 10;
    power[40] = 1;
    power[100] = 0.1f;
    power[200] = 1e6f;
    assertThat(balance.alphaRatioDb(power)).isCloseTo(10 * Math.log10(0.11), within(1e-6));
    assertThat(balance.hammarbergIndexDb(power)).isCloseTo(20, within(1e-6));
    assertThat(balance.alphaRatioDb(new float[BINS])).isZero();
    assertThat(balance.hammarbergIndexDb(new float[BINS])).isZero();
    assertThatThrownBy(() -> new SpectralBalance(8000, 512)).hasMessageContaining("8000");
  }

  @Test
  void aTiltedSpectrumHasItsSlope() {
    SpectralBalance balance = new SpectralBalance(RATE, 512);
    float[] power = new float[BINS];
    for (int k = 0; k < BINS; k++) {
      double hz = k * 31.25;
      power[k] = (float) Math.pow(10, (hz < 500 ? 0.03 * hz : 30 - 0.03 * hz) / 10);
    }
    assertThat(balance.slope(power, 0, 500)).isCloseTo(0.03, within(1e-6));
    assertThat(balance.slope(power, 500, 1500)).isCloseTo(-0.03, within(1e-6));
    assertThat(balance.slope(new float[BINS], 0, 500)).isZero();
  }

  @Test
  void aSineIsMostLikeItselfOnePeriodLater() {
    float[] sine = GoldenSignal.sine(RATE / 80.3, RATE, 2000);
    Likeness later = Likeness.best(sine, 500, 400, 70, 90);
    assertThat(later.lag()).isCloseTo(80.3, within(0.02));
    assertThat(later.correlation()).isCloseTo(1, within(1e-5));
    assertThat(Likeness.best(sine, 1000, 400, -90, -70).lag()).isCloseTo(-80.3, within(0.02));
  }

  @Test
  void silenceIsLikeNothing() {
    assertThat(Likeness.best(new float[100], 0, 50, 10, 20).correlation()).isZero();
    assertThat(Likeness.best(new float[] {1}, -500, 50, 10, 20).correlation()).isZero();
  }

  @Test
  void aPartialHasItsAmplitude() {
    float[] sound = GoldenSignal.sine(200, RATE, 4000);
    float[] second = GoldenSignal.sine(400, RATE, 4000);
    for (int i = 0; i < sound.length; i++) {
      sound[i] = 0.3f * sound[i] + 0.6f * second[i];
    }
    assertThat(Partial.amplitude(sound, 2000, 320, 200.0 / RATE)).isCloseTo(0.3, within(1e-6));
    assertThat(Partial.amplitude(sound, 2000, 320, 400.0 / RATE)).isCloseTo(0.6, within(1e-6));
    assertThat(Partial.amplitude(sound, 2000, 320, 800.0 / RATE)).isCloseTo(0, within(1e-6));
    assertThat(Partial.amplitude(new float[1], 0, 320, 0.1)).isZero();
  }
}
