package affetto.synth;

import affetto.audio.WavWriter;
import affetto.audio.WavWriter.Chunk;
import affetto.audio.Waveform;
import affetto.synth.CorpusPlan.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes synthetic speech as the four corpora are laid down.
 *
 * <ul>
 *   <li>{@code ravdess/Actor_01/03-01-05-01-02-01-01.wav}, 48 kHz; the first file has the chunks of
 *       the real ones: FLLR before the data, so that they start at byte 4096, and LIST and bext
 *       behind
 *   <li>{@code cremad/AudioWAV/1001_IEO_ANG_HI.wav}, 16 kHz
 *   <li>{@code savee/DC/a01.wav}, 44.1 kHz
 *   <li>{@code tess/OAF_angry/OAF_back_angry.wav}, 24414 Hz
 * </ul>
 *
 * <p>All mono, 16 bits. A clip's bytes depend on the seed and the clip alone: more speakers or more
 * clips leave those of a smaller run as they are, up to the rotation of emotions when the clips of
 * a speaker are no multiple of the emotions.
 */
public final class SyntheticCorpora {

  private static final int FIRST_SAMPLE_AT = 4096;
  private static final int HEADERS_BEFORE_FILLER = 44;

  private SyntheticCorpora() {}

  /**
   * Writes the corpora below a folder, which is made; files that stand there are overwritten.
   *
   * @return how many clips were written
   * @throws IOException if a file can't be written
   */
  public static int write(Path out, SynthSpec spec) throws IOException {
    int written = 0;
    for (CorpusPlan plan : CorpusPlans.all()) {
      int speakers = Math.min(spec.speakers(), plan.cast().size());
      for (int speaker = 0; speaker < speakers; speaker++) {
        Role role = plan.cast().get(speaker);
        for (Take take : role.take(spec.clips(), speaker * spec.clips())) {
          boolean first = written == 0;
          write(out.resolve(plan.id()).resolve(take.path()), plan, role, take, spec.seed(), first);
          written++;
        }
      }
    }
    return written;
  }

  private static void write(
      Path file, CorpusPlan plan, Role role, Take take, long seed, boolean oddChunks)
      throws IOException {
    Waveform clip = record(plan, role, take, seed);
    Files.createDirectories(file.getParent());
    Files.write(file, oddChunks ? withOddChunks(clip) : WavWriter.pcm16(clip));
  }

  /** One clip as the plan has it; a pure function. */
  static Waveform record(CorpusPlan plan, Role role, Take take, long seed) {
    Voice voice = Voice.of(role.gender(), Dice.of(seed, plan.id() + " " + role.code()));
    Dice dice = Dice.of(seed, plan.id() + " " + take.path());
    Delivery delivery = Delivery.of(take.emotion(), take.strength() * voice.expression(), dice);
    double lead = plan.leadSeconds() + dice.between(0, 0.2);
    List<Syllable> text = Syllable.ofText(take.text(), take.syllables());
    return Studio.record(plan.sampleRate(), voice, delivery, text, lead, dice);
  }

  private static byte[] withOddChunks(Waveform clip) {
    byte[] filler = new byte[FIRST_SAMPLE_AT - HEADERS_BEFORE_FILLER - 8];
    byte[] list = "INFOISFT\10\0\0\0Affetto\0".getBytes(StandardCharsets.US_ASCII);
    byte[] broadcast = new byte[602];
    byte[] about = "synthetic speech".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(about, 0, broadcast, 0, about.length);
    return WavWriter.pcm16(
        clip,
        List.of(new Chunk("FLLR", filler)),
        List.of(new Chunk("LIST", list), new Chunk("bext", broadcast)));
  }
}
