package affetto.evaluation;

import affetto.corpus.Speaker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fixed folds of speakers, so that numbers can stand beside published ones.
 *
 * <ul>
 *   <li>RAVDESS: the six folds by actor of EmoBox (Ma et al. 2024)
 *   <li>SAVEE: one speaker out, JE, KL, DC, JK
 *   <li>CREMA-D: five folds, actor number modulo five (1001 is in the first)
 *   <li>TESS: trained on OAF and tested on YAF, and the other way round
 * </ul>
 *
 * <p>Each corpus's folds are counted whether or not its speakers are all there.
 */
final class StrictProtocol extends SpeakerFolds {

  private static final int CREMAD_FOLDS = 5;
  private static final int CREMAD_FIRST = 1001;

  private static final Map<String, List<List<String>>> LISTED =
      Map.of(
          "ravdess",
          List.of(
              List.of("01", "11", "20", "21"),
              List.of("04", "10", "12", "14"),
              List.of("08", "09", "19", "23"),
              List.of("03", "05", "07", "24"),
              List.of("02", "15", "16", "18"),
              List.of("06", "13", "17", "22")),
          "savee",
          List.of(List.of("JE"), List.of("KL"), List.of("DC"), List.of("JK")),
          "tess",
          List.of(List.of("YAF"), List.of("OAF")));

  @Override
  public String id() {
    return Protocols.STRICT;
  }

  @Override
  public String description() {
    return "speaker-independent by fixed folds: RAVDESS by EmoBox's actors, SAVEE one speaker out,"
        + " CREMA-D fifths of its actors, TESS one speaker for the other";
  }

  @Override
  int foldsOf(String corpus, List<Speaker> speakers) {
    return corpus.equals("cremad") ? CREMAD_FOLDS : listed(corpus).size();
  }

  @Override
  Map<String, Integer> testFolds(String corpus, List<Speaker> speakers, long seed) {
    Map<String, Integer> folds = new HashMap<>();
    for (Speaker speaker : speakers) {
      folds.put(speaker.id(), testFold(corpus, speaker.id().substring(corpus.length() + 1)));
    }
    return folds;
  }

  private static int testFold(String corpus, String code) {
    if (corpus.equals("cremad")) {
      return (Integer.parseInt(code) - CREMAD_FIRST) % CREMAD_FOLDS + 1;
    }
    List<List<String>> folds = listed(corpus);
    for (int i = 0; i < folds.size(); i++) {
      if (folds.get(i).contains(code)) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException(corpus + " has no speaker " + code);
  }

  private static List<List<String>> listed(String corpus) {
    List<List<String>> folds = LISTED.get(corpus);
    if (folds == null) {
      throw new IllegalArgumentException("strict knows no folds for corpus " + corpus);
    }
    return folds;
  }
}
