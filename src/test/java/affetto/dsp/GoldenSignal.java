package affetto.dsp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A voice at any rate, a sine, and the reader of the files of make_pitch_goldens.py. */
public final class GoldenSignal {
  private GoldenSignal() {}

  /** The same arithmetic as signal() in make_goldens.py. */
  public static float[] make(double seconds, int sampleRate) {
    int n = (int) Math.rint(seconds * sampleRate);
    float[] samples = new float[n];
    long state = 12345;
    for (int i = 0; i < n; i++) {
      double t = (double) i / sampleRate;
      double phase = 140 * t + 20 * t * t;
      double voice = 0;
      for (int h = 1; h <= 8; h++) {
        voice += Math.sin(2 * Math.PI * h * phase) / h;
      }
      double root = Math.sin(2 * Math.PI * t / seconds);
      state = (state * 1664525 + 1013904223) % (1L << 32);
      double noise = state / (double) (1L << 32) - 0.5;
      samples[i] = (float) (root * root * (0.2 * voice + 0.01 * noise));
    }
    return samples;
  }

  /** The values of a golden file, row by row. */
  public static double[][] read(String name) {
    String resource = "/affetto/golden/" + name + ".txt";
    try (var in = GoldenSignal.class.getResourceAsStream(resource);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return lines
          .lines()
          .skip(1)
          .map(line -> Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray())
          .toArray(double[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sine of amplitude 1. */
  public static float[] sine(double hz, int sampleRate, int samples) {
    float[] sine = new float[samples];
    for (int i = 0; i < samples; i++) {
      sine[i] = (float) Math.sin(2 * Math.PI * hz * i / sampleRate);
    }
    return sine;
  }
}
