package affetto.synth;

import affetto.audio.WavWriter;
import affetto.audio.Waveform;
import affetto.corpus.Emotion;
import affetto.corpus.Gender;
import affetto.synth.CorpusPlan.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the second of synthetic speech that the golden tests hear, {@code golden/speech.wav}: a
 * surprised woman at 22050 Hz, 16 bits.
 *
 * <p>It is stored because the goldens hold for these samples alone: the synthesiser may change.
 */
public final class GoldenSpeech {
  private static final int RATE = 22050;

  private GoldenSpeech() {}

  /** Writes the file that the first argument names. */
  public static void main(String[] arguments) throws IOException {
    Take take = new Take(Emotion.SURPRISED, 1, "what a golden day", 5, "golden");
    Role role = new Role("golden", Gender.FEMALE, List.of(List.of(take)));
    CorpusPlan plan = new CorpusPlan("golden", RATE, 0, List.of(role));
    float[] clip = SyntheticCorpora.record(plan, role, take, 1).samples();
    int from = RATE / 5;
    Waveform second = new Waveform(Arrays.copyOfRange(clip, from, from + RATE), RATE);
    Files.write(Path.of(arguments[0]), WavWriter.pcm16(second));
  }
}
