package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From the transform to cepstra and chroma, against librosa 0.11.0; see make_goldens.py beside the
 * numbers.
 *
 * <p>A relative bound is relative to the value itself, however small: librosa's single precision
 * rounds, but it does not end where the loudest is far away. Only power more than 200 dB below the
 * loudest bin is measured by that floor, since both sides' transforms err by as much.
 */
class DspGoldenTest {
  private static final int RATE = GoldenSound.RATE;
  private static final int MELS = 128;
  private static final int MFCCS = 20;
  private static final double FLOOR = 1e-20;

  /** Every how many bins, and bands, there is a golden one. */
  private static final int BINS = 32;

  private static final int BANDS = 3;

  @ParameterizedTest
  @EnumSource
  void theSoundIsTheSame(GoldenSound sound) {
    float[] samples = sound.samples();
    ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    assertThat(Golden.of(sound).row("sound"))
        .containsExactly(samples.length, (double) checksum.getValue());
  }

  @ParameterizedTest
  @EnumSource
  void stft(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    double[][] re = frames.golden.matrix("stft_re");
    double[][] im = frames.golden.matrix("stft_im");
    frames.holdEvery(BINS, frames.spectra.re(), re, 5e-8, frames.peak());
    frames.holdEvery(BINS, frames.spectra.im(), im, 5e-8, frames.peak());
  }

  @ParameterizedTest
  @EnumSource
  void power(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    double[][] golden = frames.golden.matrix("stft_re");
    double[][] im = frames.golden.matrix("stft_im");
    for (int i = 0; i < golden.length; i++) {
      for (int k = 0; k < golden[i].length; k++) {
        golden[i][k] = golden[i][k] * golden[i][k] + im[i][k] * im[i][k];
      }
    }
    double[][] power = frames.rows(frames.spectra.bins());
    for (int k = 0; k < power.length; k++) {
      frames.spectra.power(k, power[k]);
    }
    frames.holdEvery(BINS, power, golden, 1e-7, frames.peak() * frames.peak());
  }

  @ParameterizedTest
  @EnumSource
  void mel(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    double[][] golden = frames.golden.matrix("mel");
    double floor = FLOOR * frames.peak() * frames.peak();
    frames.holdEvery(BANDS, GoldenFrames.toDoubles(mels(frames)), golden, 1e-6, floor);
  }

  @ParameterizedTest
  @EnumSource
  void melDb(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    double[][] golden = frames.golden.matrix("mel_db");
    frames.holdEvery(BANDS, GoldenFrames.toDoubles(melsDb(frames)), golden, 2e-7, 100);
  }

  @ParameterizedTest
  @EnumSource
  void mfcc(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    frames.hold(mfccs(frames), "mfcc", 2e-7, 1000);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ONE_SAMPLE", "SHORTER_THAN_A_FRAME"}) // librosa refuses fewer than 9 frames
  void delta(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    frames.hold(deltas(frames, 1), "delta", 2e-6, 50);
    frames.hold(deltas(frames, 2), "delta_delta", 2e-6, 50);
  }

  private static float[][] mels(GoldenFrames frames) {
    float[][] mels = new float[MELS][frames.spectra.frames()];
    new MelFilterBank(RATE, GoldenFrames.N_FFT, MELS, 0, RATE / 2.0)
        .apply(frames.spectra, new float[Stft.BLOCK], mels);
    return mels;
  }

  private static float[][] melsDb(GoldenFrames frames) {
    float[][] mels = mels(frames);
    float loudest = Float.NEGATIVE_INFINITY;
    for (float[] mel : mels) {
      loudest = Math.max(loudest, Decibels.ofPower(mel, frames.spectra.frames()));
    }
    for (float[] mel : mels) {
      Decibels.atLeast(mel, loudest - 80, frames.spectra.frames());
    }
    return mels;
  }

  private static double[][] mfccs(GoldenFrames frames) {
    double[][] mfccs = frames.rows(MFCCS);
    double[][] mels = GoldenFrames.toDoubles(melsDb(frames));
    new Dct(MELS, MFCCS).apply(mels, frames.spectra.frames(), mfccs, 0);
    return mfccs;
  }

  private static double[][] deltas(GoldenFrames frames, int order) {
    Delta delta = new Delta(9, order);
    double[][] deltas = frames.rows(MFCCS);
    double[][] mfccs = mfccs(frames);
    for (int i = 0; i < MFCCS; i++) {
      delta.apply(mfccs[i], frames.spectra.frames(), deltas[i]);
    }
    return deltas;
  }

  /**
   * The spectrum of an impulse is flat, so all its peaks are rounding errors: there is no tuning.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IMPULSE")
  void tuning(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    TuningEstimator estimator = new TuningEstimator(RATE, GoldenFrames.N_FFT);
    estimator.add(frames.magnitudes(), frames.spectra.frames());
    assertThat(TuningEstimator.tuning(estimator.step()))
        .isCloseTo(frames.golden.value("tuning"), within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void chroma(GoldenSound sound) {
    GoldenFrames frames = new GoldenFrames(sound);
    float[][] chroma = new float[ChromaFilterBank.CLASSES][frames.spectra.frames()];
    new ChromaFilterBank(RATE, GoldenFrames.N_FFT, frames.golden.value("tuning"))
        .apply(frames.magnitudes(), chroma, frames.spectra.frames());
    scaleToOne(chroma);
    frames.hold(GoldenFrames.toDoubles(chroma), "chroma", 2e-6, 1);
  }

  private static void scaleToOne(float[][] chroma) {
    for (int t = 0; t < chroma[0].length; t++) {
      float largest = 0;
      for (float[] row : chroma) {
        largest = Math.max(largest, row[t]);
      }
      for (float[] row : chroma) {
        row[t] /= largest == 0 ? 1 : largest;
      }
    }
  }

  @Test
  void melFilters() {
    double[][] golden = Golden.ofFilters().matrix("mel");
    MelFilterBank bank = new MelFilterBank(RATE, GoldenFrames.N_FFT, MELS, 0, RATE / 2.0);
    for (int i = 0; i < golden.length; i++) {
      float[] filter = bank.filter(9 * i);
      for (int j = 0; j < golden[i].length; j++) {
        assertThat(filter[5 * j]).isCloseTo((float) golden[i][j], within(1e-8f));
      }
    }
  }

  @Test
  void chromaFilters() {
    double[][] golden = Golden.ofFilters().matrix("chroma");
    ChromaFilterBank bank = new ChromaFilterBank(RATE, GoldenFrames.N_FFT, 0.13);
    for (int i = 0; i < golden.length; i++) {
      float[] filter = bank.filter(i);
      for (int j = 0; j < golden[i].length; j++) {
        assertThat(filter[8 * j]).isCloseTo((float) golden[i][j], within(1e-6f));
      }
    }
  }
}
