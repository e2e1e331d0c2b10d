package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class YinTest {

  @Test
  void isTheSumThatDefinesIt() {
    float[] samples = GoldenSignal.make(0.05, 16000);
    int start = 150;
    int frameLength = 701;
    double[] frame = new double[2 * frameLength];
    for (int i = 0; i < frameLength; i++) {
      frame[i] = start + i < samples.length ? samples[start + i] : 0;
    }
    double[] measured = new Yin(frameLength, 3, 300).measure(samples, start);
    assertThat(measured).hasSize(298);
    double sum = frame[0] * frame[0]; // as librosa has it
    for (int period = 1; period <= 300; period++) {
      double difference = 0;
      for (int i = 0; i < frameLength; i++) {
        difference += (frame[i] - frame[i + period]) * (frame[i] - frame[i + period]);
      }
      sum += difference;
      if (period >= 3) {
        assertThat(measured[period - 3]).isCloseTo(difference * period / sum, within(1e-9));
      }
    }
  }

  @Test
  void aTroughIsRefinedBetweenTwoSamples() {
    Yin yin = new Yin(2048, 20, 200);
    double[] differences = yin.measure(GoldenSignal.sine(16000 / 80.4, 16000, 2048), 0);
    assertThat(differences[60]).isLessThan(differences[59]).isLessThan(differences[61]);
    assertThat(yin.refined(60)).isCloseTo(80.4, within(0.2));
    assertThat(yin.refined(0)).isEqualTo(20);
    assertThat(yin.refined(180)).isEqualTo(200);
  }

  @Test
  void silenceDoesNotDiffer() {
    assertThat(new Yin(512, 16, 200).measure(new float[100], -700)).containsOnly(0.0);
  }
}
