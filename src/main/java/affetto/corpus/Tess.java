package affetto.corpus;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Toronto Emotional Speech Set (Dupuis and Pichora-Fuller 2010).
 *
 * <p>2800 recordings, 2 women (aged 26 and 64), 24414 Hz 16-bit, from <a
 * href="https://doi.org/10.5683/SP2/E8H2MF">Borealis</a>, CC BY-NC-ND 4.0. Each says "Say the word
 * ..." with 200 words. Files are {@code OAF_angry/OAF_back_angry.wav}; folders are spelled in
 * several ways ({@code OAF_Fear}, {@code YAF_pleasant_surprised}), so only the file's name counts.
 *
 * <table>
 * <caption>Three parts, joined by underscores</caption>
 * <tr><th>place</th><th>part</th><th>values</th></tr>
 * <tr><td>1</td><td>speaker</td><td>OAF older, YAF younger; one file has OA for OAF</td></tr>
 * <tr><td>2</td><td>word</td><td>letters</td></tr>
 * <tr><td>3</td><td>emotion</td><td>angry, disgust, fear, happy, neutral, ps (pleasant surprise), sad
 *     </td></tr>
 * </table>
 */
public record Tess() implements Corpus {

  private static final Map<String, String> SPEAKERS =
      Map.of("OAF", "OAF", "YAF", "YAF", "OA", "OAF");
  private static final Map<String, Emotion> EMOTIONS =
      Map.of(
          "angry", Emotion.ANGRY,
          "disgust", Emotion.DISGUST,
          "fear", Emotion.FEARFUL,
          "happy", Emotion.HAPPY,
          "neutral", Emotion.NEUTRAL,
          "ps", Emotion.SURPRISED,
          "sad", Emotion.SAD);

  @Override
  public String id() {
    return "tess";
  }

  @Override
  public Set<Emotion> emotions() {
    return EnumSet.copyOf(EMOTIONS.values());
  }

  @Override
  public Utterance parse(String uri) throws UnparsableNameException {
    FileName name = FileName.of(uri);
    List<String> parts = name.parts('_', 3, "a TESS name");
    String speaker = SPEAKERS.get(parts.get(0));
    if (speaker == null) {
      throw name.fault("speaker", parts.get(0), "OAF or YAF");
    }
    String word = parts.get(1);
    if (word.isEmpty() || !word.chars().allMatch(Character::isLetter)) {
      throw name.fault("word", word, "a word of letters");
    }
    Emotion emotion = EMOTIONS.get(parts.get(2));
    if (emotion == null) {
      throw name.fault("emotion", parts.get(2), "angry, disgust, fear, happy, neutral, ps or sad");
    }
    return new Utterance(
        "tess-" + speaker + "_" + word + "_" + parts.get(2),
        id(),
        new Speaker("tess-" + speaker, id(), Gender.FEMALE),
        emotion,
        Channel.SPEECH,
        Intensity.UNSPECIFIED,
        word,
        1,
        uri);
  }
}
