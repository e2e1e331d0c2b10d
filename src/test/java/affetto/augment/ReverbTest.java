package affetto.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import affetto.audio.Waveform;
import affetto.dsp.GoldenSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReverbTest {

  /** What a click becomes in a room. */
  private static float[] response(Reverb reverb, double seconds, int rate, long seed) {
    float[] click = new float[(int) (seconds * rate)];
    click[0] = 0.5f;
    return reverb.apply(new Waveform(click, rate), seed).samples();
  }

  /**
   * Schroeder's backward integration ("New method of measuring reverberation time", 1965), without
   * the direct sound: the decay from -5 to -35 dB, by least squares, taken on to -60 dB.
   */
  private static double measuredRt60(float[] response, int rate) {
    double[] left = new double[response.length + 1];
    for (int i = response.length - 1; i > 0; i--) {
      left[i] = left[i + 1] + (double) response[i] * response[i];
    }
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int i = 1; i < response.length; i++) {
      double db = 10 * Math.log10(left[i] / left[1]);
      if (db <= -5 && db >= -35) {
        double seconds = (double) i / rate;
        n++;
        sumX += seconds;
        sumY += db;
        sumXx += seconds * seconds;
        sumXy += seconds * db;
      }
    }
    return -60 / ((n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX));
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0, 16000", "0.4, 6, 22050", "0.8, -10, 8000", "2, 3, 22050", "5, 0, 16000"})
  void theRoomDecaysAsAsked(double rt60, double drrDb, int rate) {
    for (int seed = 0; seed < 10; seed++) {
      float[] response = response(new Reverb(rt60, drrDb), rt60 + 0.1, rate, seed);
      assertThat(measuredRt60(response, rate) / rt60).as("seed %d", seed).isCloseTo(1, within(0.1));
      double direct = (double) response[0] * response[0];
      double reflected = Level.power(response) * response.length - direct;
      assertThat(10 * Math.log10(direct / reflected)).isCloseTo(drrDb, within(0.01));
    }
  }

  /** Their number is 4 pi c^3 t^3 / 3 V. */
  @Test
  void reflectionsComeFewAtFirst() {
    int upTo20Ms = 0;
    for (int seed = 0; seed < 100; seed++) {
      float[] response = response(new Reverb(0.5, 0), 0.2, 48000, seed);
      for (int i = 1; i < 120; i++) {
        assertThat(response[i]).as("before 2.5 ms").isCloseTo(0, within(1e-7f));
      }
      for (int i = 120; i < 960; i++) {
        upTo20Ms += Math.abs(response[i]) > 1e-6 ? 1 : 0;
      }
    }
    assertThat(upTo20Ms / 100.0).isCloseTo(22.5, within(1.5));
  }

  @Test
  void powerAndTimingAreTheClips() {
    NoiseSource source = new NoiseSource(3);
    float[] clip = new float[20_000];
    for (int i = 0; i < clip.length; i++) {
      clip[i] = (float) (0.1 * source.normal());
    }
    for (int seed = 0; seed < 5; seed++) {
      float[] wet = new Reverb(0.6, 0).apply(new Waveform(clip, 22050), seed).samples();
      assertThat(Level.power(wet) / Level.power(clip)).isCloseTo(1, within(1e-6));
      for (int lag = 1; lag <= 1000; lag++) {
        assertThat(product(clip, wet, lag)).isLessThan(product(clip, wet, 0));
      }
    }
  }

  private static double product(float[] clip, float[] wet, int lag) {
    double product = 0;
    for (int i = 0; i < clip.length - lag; i++) {
      product += clip[i] * wet[i + lag];
    }
    return product;
  }

  @Test
  void theDriestRoomIsTheClip() {
    Waveform clip = new Waveform(GoldenSignal.make(0.5, 16000), 16000);
    float[] wet = new Reverb(0.3, 60).apply(clip, 1).samples();
    float[] reflected = new float[wet.length];
    for (int i = 0; i < wet.length; i++) {
      reflected[i] = wet[i] - clip.samples()[i];
    }
    double drr = 10 * Math.log10(Level.power(clip.samples()) / Level.power(reflected));
    assertThat(drr).isGreaterThan(50);
  }
}
