package affetto.feature;

import affetto.dsp.Decibels;
import affetto.dsp.MelFilterBank;
import affetto.dsp.Stft;
import affetto.dsp.Workbench;

/**
 * A clip's mel bands in dB, a row for each band: what {@code logmel-N} and {@code mfcc-N} share.
 */
final class LogMelFrames {
  static final double F_MIN_HZ = 50;

  /**
   * Where the bands end, so that recordings at 11025 Hz, as CREMA-D is often passed on, look like
   * the others.
   */
  static final double F_MAX_HZ = 5500;

  static final double TOP_DB = 80;

  private final Stft stft;
  private final MelFilterBank bank;
  private final float[] power = new float[Stft.BLOCK];
  private final float[][] block;
  private float[][] rows;

  LogMelFrames(int bands, FrameOptions options, Workbench bench) {
    stft = bench.stft(options.nFft(), options.hopLength(), options.winLength());
    bank = bank(bands, options);
    block = new float[bands][Stft.BLOCK];
    rows = new float[bands][0];
  }

  static MelFilterBank bank(int bands, FrameOptions options) {
    return new MelFilterBank(FrameOptions.SAMPLE_RATE, options.nFft(), bands, F_MIN_HZ, F_MAX_HZ);
  }

  /** Frames of a clip. */
  int frames(float[] samples) {
    return stft.frames(samples.length);
  }

  /**
   * Computes them.
   *
   * @return rows by band in dB relative to a power of 1, no more than 80 below the loudest; a
   *     buffer that holds until the next call
   */
  float[][] of(float[] samples) {
    int frames = frames(samples);
    if (rows[0].length < frames) {
      rows = new float[rows.length][frames];
    }
    float loudest = Float.NEGATIVE_INFINITY;
    for (int first = 0; first < frames; first += Stft.BLOCK) {
      int count = Math.min(Stft.BLOCK, frames - first);
      bank.apply(stft.transform(samples, first, count), power, block);
      for (int band = 0; band < block.length; band++) {
        loudest = Math.max(loudest, Decibels.ofPower(block[band], count));
        System.arraycopy(block[band], 0, rows[band], first, count);
      }
    }
    for (float[] row : rows) {
      Decibels.atLeast(row, (float) (loudest - TOP_DB), frames);
    }
    return rows;
  }
}
