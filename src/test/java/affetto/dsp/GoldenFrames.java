package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** The spectra of a golden sound with librosa's defaults, beside what librosa makes of them. */
final class GoldenFrames {
  static final int N_FFT = 2048;
  static final int HOP_LENGTH = 512;

  final Golden golden;
  final Spectra spectra;

  GoldenFrames(GoldenSound sound) {
    golden = Golden.of(sound);
    float[] samples = sound.samples();
    Stft stft = new Stft(N_FFT, HOP_LENGTH);
    spectra = stft.transform(samples, 0, stft.frames(samples.length));
  }

  /** The largest magnitude of the sound. */
  double peak() {
    return golden.value("peak");
  }

  /** Rows to fill, of as many frames as the sound has. */
  double[][] rows(int count) {
    return new double[count][spectra.frames()];
  }

  /** Magnitudes in single precision, shape [bins x frames]. */
  float[][] magnitudes() {
    return FilterBanksTest.magnitudes(spectra);
  }

  /** Holds rows, at the picked frames, to a golden matrix. */
  void hold(double[][] rows, String name, double relative, double floor) {
    holdEvery(1, rows, golden.matrix(name), relative, floor);
  }

  /** Holds every step-th row, at the picked frames, to a golden matrix, shape [frames x rows]. */
  void holdEvery(int step, double[][] rows, double[][] matrix, double relative, double floor) {
    double[] picked = golden.row("frames");
    assertThat(matrix).hasNumberOfRows(picked.length);
    for (int i = 0; i < picked.length; i++) {
      double[] column = new double[(rows.length + step - 1) / step];
      for (int k = 0; k < column.length; k++) {
        column[k] = rows[k * step][(int) picked[i]];
      }
      Golden.hold(column, matrix[i], relative, floor);
    }
  }

  static double[][] toDoubles(float[][] rows) {
    return Arrays.stream(rows).map(Golden::toDoubles).toArray(double[][]::new);
  }
}
