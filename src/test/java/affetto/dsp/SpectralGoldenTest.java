package affetto.dsp;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Descriptors of a spectrum's shape against librosa 0.11.0; see make_goldens.py beside the numbers.
 * Bounds are relative to the value itself; for contrasts below 1 dB, to 1 dB.
 */
class SpectralGoldenTest {
  private static final int RATE = GoldenSound.RATE;

  @ParameterizedTest
  @EnumSource
  void centroid(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    Golden.hold(shape(frames)[0], frames.golden.row("spectral_centroid"), 2e-7, 0);
  }

  @ParameterizedTest
  @EnumSource
  void bandwidth(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    Golden.hold(shape(frames)[1], frames.golden.row("spectral_bandwidth"), 2e-7, 0);
  }

  /** The same bin everywhere; what remains are the digits of the file. */
  @ParameterizedTest
  @EnumSource
  void rolloff(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    Golden.hold(shape(frames)[2], frames.golden.row("spectral_rolloff"), 2e-7, 0);
  }

  private static double[][] shape(GoldenFrames frames) {
    double[][] shape = frames.rows(3);
    new SpectralShape(RATE, GoldenFrames.N_FFT, 0.85)
        .apply(frames.spectra, shape[0], shape[1], shape[2], 0);
    return shape;
  }

  @ParameterizedTest
  @EnumSource
  void flatness(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    double[][] flatness = frames.rows(1);
    new SpectralFlatness().apply(frames.spectra, flatness[0], 0);
    Golden.hold(flatness[0], frames.golden.row("spectral_flatness"), 5e-6, 0);
  }

  @ParameterizedTest
  @EnumSource
  void contrast(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    SpectralContrast contrast = new SpectralContrast(RATE, GoldenFrames.N_FFT, 200, 6, 0.02);
    double[][] peaks = frames.rows(contrast.bands());
    double[][] valleys = frames.rows(contrast.bands());
    contrast.apply(frames.spectra, peaks, valleys, 0);
    SpectralContrast.toDecibels(peaks, valleys, frames.spectra.frames());
    frames.hold(peaks, "spectral_contrast", 2e-6, 1);
  }
}
