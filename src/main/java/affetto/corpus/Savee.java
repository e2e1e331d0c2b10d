package affetto.corpus;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Surrey Audio-Visual Expressed Emotion (Haq and Jackson 2009).
 *
 * <p>480 recordings, 4 men, 44.1 kHz 16-bit, from <a
 * href="http://kahlan.eps.surrey.ac.uk/savee/">the University of Surrey</a>, free for research on
 * registration. Files lie in the speaker's folder, {@code DC/a01.wav}, or flat, {@code DC_a01.wav};
 * the utterance's id is the same.
 *
 * <table>
 * <caption>Speaker, emotion and number</caption>
 * <tr><th>part</th><th>values</th></tr>
 * <tr><td>speaker</td><td>DC, JE, JK, KL</td></tr>
 * <tr><td>emotion</td><td>a angry, d disgust, f fearful, h happy, n neutral, sa sad, su surprised</td>
 *     </tr>
 * <tr><td>number</td><td>01 to 15, neutral to 30: the sentence, which differs between emotions</td>
 *     </tr>
 * </table>
 */
public record Savee() implements Corpus {

  private static final Set<String> SPEAKERS = Set.of("DC", "JE", "JK", "KL");
  private static final Map<String, Emotion> EMOTIONS =
      Map.of(
          "a", Emotion.ANGRY,
          "d", Emotion.DISGUST,
          "f", Emotion.FEARFUL,
          "h", Emotion.HAPPY,
          "n", Emotion.NEUTRAL,
          "sa", Emotion.SAD,
          "su", Emotion.SURPRISED);
  private static final Pattern FORM = Pattern.compile("(?:([^_]*)_)?([a-z]*)([0-9]*)");

  @Override
  public String id() {
    return "savee";
  }

  @Override
  public Set<Emotion> emotions() {
    return EnumSet.copyOf(EMOTIONS.values());
  }

  @Override
  public Utterance parse(String uri) throws UnparsableNameException {
    FileName name = FileName.of(uri);
    Matcher matcher = FORM.matcher(name.stem());
    if (!matcher.matches()) {
      throw new UnparsableNameException(
          name.stem() + ": is neither like a01 in a speaker's folder nor like DC_a01");
    }
    String speaker = matcher.group(1) == null ? name.folder() : matcher.group(1);
    if (!SPEAKERS.contains(speaker)) {
      throw name.fault("speaker", speaker, "DC, JE, JK or KL");
    }
    Emotion emotion = EMOTIONS.get(matcher.group(2));
    if (emotion == null) {
      throw name.fault("emotion", matcher.group(2), "a, d, f, h, n, sa or su");
    }
    int most = emotion == Emotion.NEUTRAL ? 30 : 15;
    name.number("number", matcher.group(3), 2, 1, most);
    String sentence = matcher.group(2) + matcher.group(3);
    return new Utterance(
        "savee-" + speaker + "_" + sentence,
        id(),
        new Speaker("savee-" + speaker, id(), Gender.MALE),
        emotion,
        Channel.SPEECH,
        Intensity.UNSPECIFIED,
        sentence,
        1,
        uri);
  }
}
