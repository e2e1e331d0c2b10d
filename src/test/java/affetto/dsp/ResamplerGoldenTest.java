package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against librosa's soxr_hq, up to 0.9 of half the lower rate; see make_goldens.py beside the
 * numbers. That aliases are below -80 dB at every frequency is for ResamplerTest to show.
 *
 * <p>The bound is of the error at all frequencies together: the promise is -80 dB.
 */
class ResamplerGoldenTest {
  private static final int SIZE = 1 << 17;
  private static final double PASS_BAND = 0.9;

  /** Of rates in a simple ratio there is one stage, of others there are two. */
  static Stream<Arguments> cases() {
    return Stream.of(GoldenSound.values())
        .flatMap(
            sound ->
                Stream.of(
                    Arguments.of(sound, 11025, -125),
                    Arguments.of(sound, 16000, -120),
                    Arguments.of(sound, 24414, -120),
                    Arguments.of(sound, 44100, -125),
                    Arguments.of(sound, 48000, -120)));
  }

  @ParameterizedTest(name = "{0} at {1} Hz, below {2} dB")
  @MethodSource("cases")
  void resample(GoldenSound sound, int rate, double boundDb) {
    Golden golden = Golden.of(sound);
    String name = "resample_" + rate;
    float[] resampled = new Resampler(rate, GoldenSound.RATE).apply(sound.samples());
    double end = PASS_BAND * Math.min(rate, GoldenSound.RATE) / GoldenSound.RATE;
    double error = golden.soundError(name, below(end, resampled));
    // Of a tone beyond the band nothing is left to compare with but what came in.
    double level = Math.max(rms(sound.samples()), golden.soundLevel(name));
    assertThat(error).isLessThanOrEqualTo(level * Math.pow(10, boundDb / 20));
  }

  private static double rms(float[] samples) {
    double squares = 0;
    for (float sample : samples) {
      squares += (double) sample * sample;
    }
    return Math.sqrt(squares / samples.length);
  }

  /** What lies below a share of half the rate. */
  private static double[] below(double share, float[] samples) {
    Fft fft = new Fft(SIZE);
    double[] re = new double[fft.bins()];
    double[] im = new double[fft.bins()];
    double[] padded = Arrays.copyOf(Golden.toDoubles(samples), SIZE);
    fft.forward(padded, re, im);
    int end = (int) (share * SIZE / 2);
    Arrays.fill(re, end, re.length, 0);
    Arrays.fill(im, end, im.length, 0);
    fft.inverse(re, im, padded);
    return Arrays.copyOf(padded, samples.length);
  }
}
