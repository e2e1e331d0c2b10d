package affetto.job;

import affetto.audio.WavWriter;
import affetto.audio.Waveform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes small files named as RAVDESS and CREMA-D name theirs. */
record TestCorpus(Path folder) {

  static final int RATE = 16_000;

  /** Spark's settings for tables of a few rows. */
  static final Map<String, String> LOCAL =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "3");

  /** Writes a tone as a 16-bit WAV. */
  TestCorpus tone(String path, double hz, double seconds) throws IOException {
    return bytes(path, WavWriter.pcm16(tone(hz, seconds)));
  }

  /** Writes anything. */
  TestCorpus bytes(String path, byte[] bytes) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    return this;
  }

  static Waveform tone(double hz, double seconds) {
    float[] samples = new float[(int) Math.round(seconds * RATE)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * hz * i / RATE));
    }
    return new Waveform(samples, RATE);
  }
}
