package affetto.dsp;

import affetto.audio.AudioDecoder;
import affetto.audio.AudioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntToDoubleFunction;

/**
 * The sounds of the golden tests: the same arithmetic as sounds() in make_goldens.py, bit for bit.
 * The speech is what GoldenSpeech has written.
 */
public enum GoldenSound {
  SILENCE,
  ONE_SAMPLE,
  SHORTER_THAN_A_FRAME,
  ODD_LENGTH,
  TONE,
  TONE_ON_A_BIN,
  TONE_HIGH,
  CHIRP,
  NOISE,
  FAINT_NOISE,
  IMPULSE,
  IMPULSES,
  STEP,
  SQUARE,
  SPEECH;

  /** Samples per second. */
  public static final int RATE = 22050;

  private static final int HALF_A_SECOND = RATE / 2;

  /** A fresh copy, shape [n]. */
  public float[] samples() {
    return switch (this) {
      case SILENCE -> make(8192, i -> 0);
      case ONE_SAMPLE -> make(1, i -> 0.5);
      case SHORTER_THAN_A_FRAME -> make(700, sine(0.5, 1000));
      case ODD_LENGTH -> make(9973, voice(9973));
      case TONE -> make(HALF_A_SECOND, sine(0.5, 440));
      case TONE_ON_A_BIN -> make(HALF_A_SECOND, sine(0.5, 100 * RATE / 2048.0));
      case TONE_HIGH -> make(HALF_A_SECOND, sine(0.3, 9000));
      case CHIRP -> make(HALF_A_SECOND, GoldenSound::chirp);
      case NOISE -> make(HALF_A_SECOND, noise(1, HALF_A_SECOND));
      case FAINT_NOISE -> make(HALF_A_SECOND, noise(1e-6, HALF_A_SECOND));
      case IMPULSE -> make(HALF_A_SECOND, i -> i == 5000 ? 1 : 0);
      case IMPULSES -> make(HALF_A_SECOND, i -> i % 700 == 100 ? 1 : 0);
      case STEP -> make(HALF_A_SECOND, i -> i < 5500 ? 0 : 0.5);
      case SQUARE -> make(HALF_A_SECOND, i -> i / 40 % 2 == 0 ? 1 : -1);
      case SPEECH -> speech();
    };
  }

  private static float[] make(int length, IntToDoubleFunction sound) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) sound.applyAsDouble(i);
    }
    return samples;
  }

  private static IntToDoubleFunction sine(double level, double hz) {
    return i -> level * StrictMath.sin(2 * Math.PI * hz * i / RATE);
  }

  private static double chirp(int i) {
    double t = (double) i / RATE;
    return 0.5 * StrictMath.sin(2 * Math.PI * (100 * t + 8000 * t * t));
  }

  private static IntToDoubleFunction noise(double level, int length) {
    double[] values = new double[length];
    long state = 12345;
    for (int i = 0; i < length; i++) {
      state = (state * 1664525 + 1013904223) % (1L << 32);
      values[i] = level * (state / (double) (1L << 32) - 0.5);
    }
    return i -> values[i];
  }

  private static IntToDoubleFunction voice(int length) {
    IntToDoubleFunction noise = noise(1, length);
    return i -> {
      double t = (double) i / RATE;
      double phase = 140 * t + 20 * t * t;
      double harmonics = 0;
      for (int h = 1; h <= 8; h++) {
        harmonics += StrictMath.sin(2 * Math.PI * h * phase) / h;
      }
      double root = StrictMath.sin(Math.PI * i / length);
      return root * root * (0.2 * harmonics + 0.01 * noise.applyAsDouble(i));
    };
  }

  private static float[] speech() {
    try (var in = GoldenSound.class.getResourceAsStream("/affetto/golden/speech.wav")) {
      return AudioDecoder.decode(in.readAllBytes()).waveform().samples();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (AudioException e) {
      throw new IllegalStateException(e);
    }
  }
}
