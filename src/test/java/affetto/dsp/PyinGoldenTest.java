package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against librosa 0.11.0; see make_pitch_goldens.py beside the numbers. */
class PyinGoldenTest {
  private static final int RATE = 22050;
  private static final PyinParameters PARAMETERS = PyinParameters.of(RATE, 65, 1000);
  private static final PyinParameters AT_16000 =
      PyinParameters.of(16000, 55, 1000).withFrames(1024, 160);
  private static final PyinParameters EVERY_PARAMETER =
      new PyinParameters(16000, 80, 2000, 1001, 170, 40, 1.5, 6, 1, 0.35, 9, 0.2, 0.1);

  static Stream<Arguments> signals() {
    return Stream.of(
        Arguments.of("tone_low", PARAMETERS, made(RATE, sine(110))),
        Arguments.of("tone_high", PARAMETERS, made(RATE, i -> 0.3 * sine(987.7).applyAsDouble(i))),
        Arguments.of(
            "octave_jump",
            PARAMETERS,
            made(
                RATE,
                i -> i < 11025 ? sine(220).applyAsDouble(i) : sine(440).applyAsDouble(i - 11025))),
        Arguments.of("chirp", PARAMETERS, made(RATE, PyinGoldenTest::chirp)),
        Arguments.of("noise", PARAMETERS, noise(RATE, 1, i -> 0)),
        Arguments.of("silence", PARAMETERS, new float[RATE]),
        Arguments.of("pulses", PARAMETERS, made(RATE, i -> i % 147 == 0 ? 1 : 0)),
        Arguments.of("step", PARAMETERS, made(RATE, i -> i < 11025 ? 0 : 1)),
        Arguments.of("one_sample", PARAMETERS, new float[] {1}),
        Arguments.of("shorter_than_a_frame", PARAMETERS, made(700, sine(200))),
        Arguments.of("odd_length", PARAMETERS, made(12345, sine(300))),
        Arguments.of("noisy_tone", PARAMETERS, noise(RATE, 1.2, sine(300))),
        Arguments.of("speech", PARAMETERS, GoldenSignal.make(3.2, RATE)),
        Arguments.of("speech_16000", AT_16000, GoldenSignal.make(3.2, 16000)),
        Arguments.of("every_parameter", EVERY_PARAMETER, GoldenSignal.make(2, 16000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signals")
  void isLibrosas(String name, PyinParameters parameters, float[] samples) {
    double[][] golden = GoldenSignal.read("pyin_" + name);
    PitchTrack track = new Pyin(parameters).track(samples);
    assertThat(track.frames()).isEqualTo(golden[0].length);
    for (int t = 0; t < track.frames(); t++) {
      assertThat(track.voiced()[t]).as("frame %d is voiced", t).isEqualTo(golden[0][t] > 0);
      assertThat(track.voicedProbability()[t]).isCloseTo(golden[1][t], within(1e-7));
      if (track.voiced()[t]) {
        double cents = 1200 * Math.log(track.f0Hz()[t] / golden[0][t]) / Math.log(2);
        assertThat(cents).as("frame %d in cents", t).isCloseTo(0, within(1e-3));
      } else {
        assertThat(track.f0Hz()[t]).isNaN();
      }
    }
  }

  private static float[] made(int length, IntToDoubleFunction sample) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) sample.applyAsDouble(i);
    }
    return samples;
  }

  private static IntToDoubleFunction sine(double hz) {
    return i -> Math.sin(2 * Math.PI * hz * i / RATE);
  }

  private static double chirp(int i) {
    double t = (double) i / RATE;
    return Math.sin(2 * Math.PI * (100 * t + 250 * t * t));
  }

  /** A signal and the noise of make_pitch_goldens.py. */
  private static float[] noise(int length, double level, IntToDoubleFunction signal) {
    float[] samples = new float[length];
    long state = 12345;
    for (int i = 0; i < length; i++) {
      state = (state * 1664525 + 1013904223) % (1L << 32);
      double noise = state / (double) (1L << 32) - 0.5;
      samples[i] = (float) (signal.applyAsDouble(i) + level * noise);
    }
    return samples;
  }
}
