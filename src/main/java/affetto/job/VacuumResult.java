package affetto.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What vacuum did.
 *
 * @param sets one a feature set
 * @param seconds wall clock
 */
public record VacuumResult(List<Vacuumed> sets, double seconds) {

  /**
   * One feature set.
   *
   * @param rows of older recordings or there twice, left out of files that were written anew
   * @param removed files of folders that did not count
   * @param young folders that do not count, but have not for long enough
   */
  public record Vacuumed(String featureSet, long rows, FileCount removed, long young) {}

  public VacuumResult {
    sets = List.copyOf(sets);
  }

  /** The lines to show at the end. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    for (Vacuumed set : sets) {
      lines.add(
          "%s: %d files removed (%s), %d rows left out, %d folders still too young"
              .formatted(
                  set.featureSet(),
                  set.removed().files(),
                  FileCount.mib(set.removed().bytes()),
                  set.rows(),
                  set.young()));
    }
    lines.add(String.format(Locale.ROOT, "%.1f s", seconds));
    return lines;
  }
}
