package affetto.corpus;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Crowd-sourced Emotional Multimodal Actors Dataset (Cao et al. 2014).
 *
 * <p>7442 recordings, 91 actors (48 men, 43 women), 16 kHz 16-bit, from <a
 * href="https://github.com/CheyneyComputerScience/CREMA-D">the authors' repository</a>, Open
 * Database License. Files are {@code AudioWAV/1001_DFA_ANG_XX.wav}:
 *
 * <table>
 * <caption>Four parts, joined by underscores</caption>
 * <tr><th>place</th><th>part</th><th>values</th></tr>
 * <tr><td>1</td><td>actor</td><td>1001 to 1091; the gender is in the corpus's demographics</td></tr>
 * <tr><td>2</td><td>sentence</td><td>IEO, TIE, IOM, IWW, TAI, MTI, IWL, ITH, DFA, ITS, TSI, WSI</td>
 *     </tr>
 * <tr><td>3</td><td>emotion</td><td>ANG, DIS, FEA, HAP, NEU, SAD</td></tr>
 * <tr><td>4</td><td>level</td><td>LO, MD, HI, XX unspecified; one file has X for XX</td></tr>
 * </table>
 */
public record CremaD() implements Corpus {

  private static final Set<String> SENTENCES =
      Set.of("IEO", "TIE", "IOM", "IWW", "TAI", "MTI", "IWL", "ITH", "DFA", "ITS", "TSI", "WSI");

  private static final Map<String, Emotion> EMOTIONS =
      Map.of(
          "ANG", Emotion.ANGRY,
          "DIS", Emotion.DISGUST,
          "FEA", Emotion.FEARFUL,
          "HAP", Emotion.HAPPY,
          "NEU", Emotion.NEUTRAL,
          "SAD", Emotion.SAD);

  private static final Map<String, Intensity> LEVELS =
      Map.of(
          "LO", Intensity.LOW,
          "MD", Intensity.NORMAL,
          "HI", Intensity.HIGH,
          "XX", Intensity.UNSPECIFIED,
          "X", Intensity.UNSPECIFIED);

  /** From the corpus's VideoDemographics.csv; everyone else is a man. */
  private static final Set<Integer> WOMEN =
      Set.of(
          1002, 1003, 1004, 1006, 1007, 1008, 1009, 1010, 1012, 1013, 1018, 1020, 1021, 1024, 1025,
          1028, 1029, 1030, 1037, 1043, 1046, 1047, 1049, 1052, 1053, 1054, 1055, 1056, 1058, 1060,
          1061, 1063, 1072, 1073, 1074, 1075, 1076, 1078, 1079, 1082, 1084, 1089, 1091);

  @Override
  public String id() {
    return "cremad";
  }

  @Override
  public Set<Emotion> emotions() {
    return EnumSet.copyOf(EMOTIONS.values());
  }

  @Override
  public Utterance parse(String uri) throws UnparsableNameException {
    FileName name = FileName.of(uri);
    List<String> parts = name.parts('_', 4, "a CREMA-D name");
    int actor = name.number("actor", parts.get(0), 4, 1001, 1091);
    String sentence = parts.get(1);
    if (!SENTENCES.contains(sentence)) {
      throw name.fault("sentence", sentence, "one of the twelve");
    }
    Emotion emotion = EMOTIONS.get(parts.get(2));
    if (emotion == null) {
      throw name.fault("emotion", parts.get(2), "ANG, DIS, FEA, HAP, NEU or SAD");
    }
    Intensity level = LEVELS.get(parts.get(3));
    if (level == null) {
      throw name.fault("level", parts.get(3), "LO, MD, HI or XX");
    }
    Gender gender = WOMEN.contains(actor) ? Gender.FEMALE : Gender.MALE;
    return new Utterance(
        "cremad-" + name.stem(),
        id(),
        new Speaker("cremad-" + actor, id(), gender),
        emotion,
        Channel.SPEECH,
        level,
        sentence,
        1,
        uri);
  }
}
