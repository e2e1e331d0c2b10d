package affetto.synth;

import affetto.corpus.Gender;
import java.util.List;

/**
 * How a corpus is laid down: its rate, its speakers, and the takes of each.
 *
 * @param id folder and name of the corpus
 * @param sampleRate of its files in Hz
 * @param leadSeconds shortest silence before the speech; up to 0.2 s more
 * @param cast the speakers in order
 */
record CorpusPlan(String id, int sampleRate, double leadSeconds, List<Role> cast) {

  /**
   * A speaker's part.
   *
   * @param code the speaker in the corpus
   * @param takes by emotion: one list for each, in the corpus's order
   */
  record Role(String code, Gender gender, List<List<Take>> takes) {

    /**
     * The first takes, an emotion after the other in turn; who has spoken all of one is passed
     * over.
     *
     * @param first which emotion to begin with, so that few clips of many speakers are spread too
     */
    List<Take> take(int count, int first) {
      int longest = takes.stream().mapToInt(List::size).max().orElse(0);
      int emotions = takes.size();
      return java.util.stream.IntStream.range(0, longest * emotions)
          .filter(i -> i / emotions < takes.get((i + first) % emotions).size())
          .mapToObj(i -> takes.get((i + first) % emotions).get(i / emotions))
          .limit(count)
          .toList();
    }
  }
}
