package affetto.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What compact did.
 *
 * @param sets one a feature set
 * @param seconds wall clock
 */
public record CompactResult(List<Compacted> sets, double seconds) {

  /**
   * One feature set.
   *
   * @param augmentations that were written anew
   * @param before the files that counted
   * @param after the files that count now
   */
  public record Compacted(
      String featureSet, long augmentations, FileCount before, FileCount after) {}

  public CompactResult {
    sets = List.copyOf(sets);
  }

  /** The lines to show at the end. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    for (Compacted set : sets) {
      lines.add(
          set.augmentations() == 0
              ? "%s: nothing to do, %s".formatted(set.featureSet(), set.after().text())
              : "%s: %d augmentations written anew, %s -> %s"
                  .formatted(
                      set.featureSet(),
                      set.augmentations(),
                      set.before().text(),
                      set.after().text()));
    }
    lines.add(String.format(Locale.ROOT, "%.1f s", seconds));
    if (sets.stream().anyMatch(set -> set.augmentations() > 0)) {
      lines.add("the old files stay for readers that have begun with them: vacuum removes them");
    }
    return lines;
  }
}
