package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against librosa 0.11.0; see make_goldens.py beside the numbers. */
class DspGoldenTest {

  @Test
  void stft() {
    double[][] goldenRe = GoldenSignal.read("stft_re");
    double[][] goldenIm = GoldenSignal.read("stft_im");
    Stft stft = new Stft(2048, 512);
    float[] samples = GoldenSignal.make(1, 22050);
    Spectra spectra = stft.transform(samples, 0, 44);
    int[] frames = {0, 1, 11, 43};
    for (int i = 0; i < frames.length; i++) {
      for (int j = 0; j < goldenRe[i].length; j++) {
        assertThat(spectra.re()[16 * j][frames[i]]).isCloseTo(goldenRe[i][j], within(1e-6));
        assertThat(spectra.im()[16 * j][frames[i]]).isCloseTo(goldenIm[i][j], within(1e-6));
      }
    }
  }

  @Test
  void melFilters() {
    double[][] golden = GoldenSignal.read("mel_filters");
    MelFilterBank bank = new MelFilterBank(22050, 2048, 128, 0, 11025);
    for (int i = 0; i < golden.length; i++) {
      float[] filter = bank.filter(9 * i);
      for (int j = 0; j < golden[i].length; j++) {
        assertThat(filter[5 * j]).isCloseTo((float) golden[i][j], within(1e-8f));
      }
    }
  }

  @Test
  void chromaFilters() {
    double[][] golden = GoldenSignal.read("chroma_filters");
    ChromaFilterBank bank = new ChromaFilterBank(22050, 2048, 0.13);
    for (int i = 0; i < golden.length; i++) {
      float[] filter = bank.filter(i);
      for (int j = 0; j < golden[i].length; j++) {
        assertThat(filter[8 * j]).isCloseTo((float) golden[i][j], within(1e-6f));
      }
    }
  }

  @Test
  void tuning() {
    Spectra spectra = new Stft(2048, 512).transform(GoldenSignal.make(1, 22050), 0, 44);
    TuningEstimator estimator = new TuningEstimator(22050, 2048);
    estimator.add(FilterBanksTest.magnitudes(spectra), 44);
    int step = estimator.step();
    assertThat(TuningEstimator.tuning(step))
        .isCloseTo(GoldenSignal.read("tuning")[0][0], within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {11025, 16000, 24414, 44100, 48000})
  void resample(int rate) {
    float[] recording = GoldenSignal.make(3.2, rate);
    int from = (int) (0.6 * rate);
    float[] clip = Arrays.copyOfRange(recording, from, from + (int) (2.5 * rate));
    double[] actual = GoldenSignal.every(60, new Resampler(rate, 22050).apply(clip));
    assertThat(GoldenSignal.agreementDb(GoldenSignal.read("resample_" + rate)[0], actual))
        .isGreaterThan(95);
  }
}
