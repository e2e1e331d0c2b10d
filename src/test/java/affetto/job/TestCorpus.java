package affetto.job;

import affetto.audio.WavWriter;
import affetto.audio.Waveform;
import affetto.augment.Augmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Small files named as RAVDESS and CREMA-D name theirs. */
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

  /**
   * Speaker 1001 to 1009 of CREMA-D: each sentence as a low tone, angry, and a high one, sad, at a
   * pitch of the speaker's own.
   */
  TestCorpus speaker(int number, List<String> sentences) throws IOException {
    for (int sentence = 0; sentence < sentences.size(); sentence++) {
      double own = 7 * number + 3 * sentence;
      String name = "AudioWAV/100%d_%s_%%s_XX.wav".formatted(number, sentences.get(sentence));
      tone(name.formatted("ANG"), 300 + own, 0.9);
      tone(name.formatted("SAD"), 900 + own, 0.9);
    }
    return this;
  }

  /** Ingests what lies there now, as CREMA-D, and sweeps it. */
  void sweep(
      SparkSession spark, Path warehouse, String featureSet, List<Augmentation> augmentations) {
    String root = warehouse.toString();
    CorpusSource source = new CorpusSource("cremad", folder.toString());
    IngestJob.run(spark, new IngestSpec(List.of(source), root, 1 << 20), Progress.SILENT);
    SweepJob.run(spark, new SweepSpec(root, featureSet, augmentations, 7), Progress.SILENT);
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
