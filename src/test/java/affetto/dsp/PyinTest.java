package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PyinTest {
  private static final int RATE = 16000;
  private static final PyinParameters PARAMETERS = PyinParameters.of(RATE, 65, 1000);
  private final Pyin pyin = new Pyin(PARAMETERS);

  private static double semitonesBetween(double hz, double otherHz) {
    return 12 * Math.log(hz / otherHz) / Math.log(2);
  }

  /** Frames from one to another are voiced, and as near a pitch as bins and refinement allow. */
  private static void assertPitch(PitchTrack track, int from, int to, double hz) {
    for (int t = from; t < to; t++) {
      assertThat(track.voiced()[t]).isTrue();
      assertThat(semitonesBetween(track.f0Hz()[t], hz)).isCloseTo(0, within(0.15));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {80, 110, 261.6, 440, 700})
  void aSineHasItsOwnPitch(double hz) {
    PitchTrack track = pyin.track(GoldenSignal.sine(hz, RATE, RATE));
    assertThat(track.frames()).isEqualTo(1 + RATE / 512);
    assertPitch(track, 0, track.frames(), hz);
  }

  @Test
  void aPulseTrainHasThePitchOfItsPulses() {
    float[] samples = new float[RATE];
    for (int i = 0; i < samples.length; i += 128) {
      samples[i] = 1;
    }
    PitchTrack track = pyin.track(samples);
    assertPitch(track, 2, track.frames() - 2, 125);
  }

  @Test
  void aPitchMayJumpAnOctave() {
    float[] samples = GoldenSignal.sine(200, RATE, 2 * RATE);
    System.arraycopy(GoldenSignal.sine(400, RATE, RATE), 0, samples, RATE, RATE);
    PitchTrack track = pyin.track(samples);
    int middle = RATE / 512;
    assertPitch(track, 0, middle - 3, 200);
    assertPitch(track, middle + 4, track.frames(), 400);
  }

  @Test
  void silenceIsUnvoiced() {
    PitchTrack track = pyin.track(new float[RATE]);
    for (int t = 0; t < track.frames(); t++) {
      assertThat(track.voiced()[t]).isFalse();
      assertThat(track.f0Hz()[t]).isNaN();
      assertThat(track.voicedProbability()[t]).isZero();
    }
  }

  @Test
  void loudnessDoesNotMatter() {
    float[] loud = GoldenSignal.make(1, RATE);
    float[] soft = loud.clone();
    for (int i = 0; i < soft.length; i++) {
      soft[i] /= 1024;
    }
    assertThat(pyin.track(soft).f0Hz()).isEqualTo(pyin.track(loud).f0Hz());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 511, 512, 513, 2047, 2048, 2049})
  void anyLengthHasItsFrames(int length) {
    PitchTrack track = pyin.track(GoldenSignal.sine(300, RATE, length));
    assertThat(track.frames()).isEqualTo(1 + length / 512).isEqualTo(pyin.frames(length));
    for (double probability : track.voicedProbability()) {
      assertThat(probability).isBetween(0.0, 1.0);
    }
  }

  @Test
  void nothingIsRememberedOfTheClipBefore() {
    float[] clip = GoldenSignal.make(0.7, RATE);
    PitchTrack fresh = pyin.track(clip);
    pyin.track(GoldenSignal.sine(777, RATE, 3 * RATE));
    PitchTrack again = pyin.track(clip);
    assertThat(again.f0Hz()).isEqualTo(fresh.f0Hz());
    assertThat(again.voicedProbability()).isEqualTo(fresh.voicedProbability());
  }

  @Test
  void samplesMustBeFinite() {
    float[] samples = {0, 0, Float.NaN};
    assertThatThrownBy(() -> pyin.track(samples))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("samples must be finite, but number 2 was NaN");
  }

  @Test
  void parametersOutOfRangeAreNamed() {
    assertRefused(new double[] {0}, "sampleRate must be above 0, was 0.0");
    assertRefused(new double[] {RATE, -1}, "fMinHz must be above 0, was -1.0");
    assertRefused(new double[] {RATE, 65, 60}, "fMaxHz must be above fMinHz", "60.0");
    assertRefused(new double[] {RATE, 65, 8001}, "half the sample rate (8000.0), was 8001.0");
    assertRefused(new double[] {RATE, 65, 900, 200}, "frameLength must exceed", "was 200");
    assertRefused(with(4, 0), "hopLength must be at least 1, was 0");
    assertRefused(with(5, 0), "nThresholds must be at least 1, was 0");
    assertRefused(with(6, 0), "betaA must be above 0, was 0.0");
    assertRefused(with(7, Double.NaN), "betaB must be above 0, was NaN");
    assertRefused(with(8, Double.POSITIVE_INFINITY), "boltzmann must be above 0, was Infinity");
    assertRefused(with(9, 1), "resolution must be at least 0.001 and below 1, was 1.0");
    assertRefused(with(10, 0), "maxTransitionRate must be above 0", "was 0.0");
    assertRefused(with(11, 1), "switchProb must be between 0 and 1, was 1.0");
    assertRefused(with(12, 1.1), "noTroughProb must be from 0 to 1, was 1.1");
  }

  private static final double[] GOOD = {
    RATE, 65, 1000, 2048, 512, 100, 2, 18, 2, 0.1, 35.92, 0.01, 0.01
  };

  private static double[] with(int index, double value) {
    double[] values = GOOD.clone();
    values[index] = value;
    return values;
  }

  private static void assertRefused(double[] first, String... messages) {
    double[] v = Arrays.copyOf(first, GOOD.length);
    System.arraycopy(GOOD, first.length, v, first.length, GOOD.length - first.length);
    assertThatThrownBy(
            () ->
                new PyinParameters(
                    v[0],
                    v[1],
                    v[2],
                    (int) v[3],
                    (int) v[4],
                    (int) v[5],
                    v[6],
                    v[7],
                    v[8],
                    v[9],
                    v[10],
                    v[11],
                    v[12]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(messages);
  }

  @Test
  void theDefaultHopIsAQuarterOfAFrame() {
    assertThat(PARAMETERS.hopLength()).isEqualTo(PARAMETERS.frameLength() / 4);
    assertThat(PARAMETERS.withFrameLength(1001).hopLength()).isEqualTo(250);
  }
}
