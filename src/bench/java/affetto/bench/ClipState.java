package affetto.bench;

import affetto.audio.WavWriter;
import affetto.audio.Waveform;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A clip as the recipe sees it, 2.5 s at 22050 Hz, and a RAVDESS-like file of 3.7 s at 48 kHz. */
@State(Scope.Thread)
public class ClipState {
  final float[] clip = buzz(22050, 2.5);
  final float[] recording = buzz(48000, 2.5);
  final float[] at16k = buzz(16000, 3.7);
  final byte[] file = WavWriter.pcm16(new Waveform(buzz(48000, 3.7), 48000));

  /** Harmonics of a gliding pitch in noise, as loud as speech. */
  private static float[] buzz(int sampleRate, double seconds) {
    SplittableRandom random = new SplittableRandom(1);
    float[] samples = new float[(int) (seconds * sampleRate)];
    for (int i = 0; i < samples.length; i++) {
      double t = (double) i / sampleRate;
      double phase = 2 * Math.PI * (120 * t + 15 * t * t);
      double voice = 0;
      for (int h = 1; h < 20; h++) {
        voice += Math.sin(h * phase) / h;
      }
      samples[i] = (float) (0.1 * voice + 0.01 * (random.nextDouble() - 0.5));
    }
    return samples;
  }
}
