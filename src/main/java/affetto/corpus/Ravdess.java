package affetto.corpus;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The Ryerson Audio-Visual Database of Emotional Speech and Song (Livingstone and Russo 2018).
 *
 * <p>1440 spoken and 1012 sung recordings, 24 professional actors (12 of each gender), 48 kHz
 * 16-bit, from <a href="https://zenodo.org/records/1188976">Zenodo</a>, CC BY-NC-SA 4.0. Files are
 * {@code Actor_12/03-01-05-01-02-01-12.wav}:
 *
 * <table>
 * <caption>Seven numbers of two digits, joined by dashes</caption>
 * <tr><th>place</th><th>part</th><th>values</th></tr>
 * <tr><td>1</td><td>modality</td><td>03 audio only (01 and 02 are video: rejected)</td></tr>
 * <tr><td>2</td><td>channel</td><td>01 speech, 02 song</td></tr>
 * <tr><td>3</td><td>emotion</td><td>01 neutral, 02 calm, 03 happy, 04 sad, 05 angry, 06 fearful, 07
 *     disgust, 08 surprised</td></tr>
 * <tr><td>4</td><td>intensity</td><td>01 normal, 02 strong</td></tr>
 * <tr><td>5</td><td>statement</td><td>01 "Kids are talking by the door", 02 "Dogs are sitting by the
 *     door"</td></tr>
 * <tr><td>6</td><td>repetition</td><td>01, 02</td></tr>
 * <tr><td>7</td><td>actor</td><td>01 to 24, odd numbers are men</td></tr>
 * </table>
 */
public record Ravdess() implements Corpus {

  private static final List<Emotion> EMOTIONS =
      List.of(
          Emotion.NEUTRAL,
          Emotion.CALM,
          Emotion.HAPPY,
          Emotion.SAD,
          Emotion.ANGRY,
          Emotion.FEARFUL,
          Emotion.DISGUST,
          Emotion.SURPRISED);

  @Override
  public String id() {
    return "ravdess";
  }

  @Override
  public Set<Emotion> emotions() {
    return EnumSet.copyOf(EMOTIONS);
  }

  @Override
  public Utterance parse(String uri) throws UnparsableNameException {
    FileName name = FileName.of(uri);
    List<String> parts = name.parts('-', 7, "a RAVDESS name");
    if (!parts.get(0).equals("03")) {
      throw name.fault("modality", parts.get(0), "03 (audio only)");
    }
    int channel = name.number("channel", parts.get(1), 2, 1, 2);
    int emotion = name.number("emotion", parts.get(2), 2, 1, 8);
    int intensity = name.number("intensity", parts.get(3), 2, 1, 2);
    int statement = name.number("statement", parts.get(4), 2, 1, 2);
    int repetition = name.number("repetition", parts.get(5), 2, 1, 2);
    int actor = name.number("actor", parts.get(6), 2, 1, 24);
    Gender gender = actor % 2 == 1 ? Gender.MALE : Gender.FEMALE;
    return new Utterance(
        "ravdess-" + name.stem(),
        id(),
        new Speaker("ravdess-" + parts.get(6), id(), gender),
        EMOTIONS.get(emotion - 1),
        channel == 1 ? Channel.SPEECH : Channel.SONG,
        intensity == 1 ? Intensity.NORMAL : Intensity.HIGH,
        statement == 1 ? "kids" : "dogs",
        repetition,
        uri);
  }
}
