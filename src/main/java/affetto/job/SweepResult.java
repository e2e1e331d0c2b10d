package affetto.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What sweep did.
 *
 * @param featureSet its id
 * @param counts one an augmentation, in the order given
 * @param seconds wall clock
 */
public record SweepResult(String featureSet, List<Count> counts, double seconds) {

  /**
   * Clips of one augmentation.
   *
   * @param fresh computed now
   * @param kept computed before and still true
   * @param rejected without features, now or before
   */
  public record Count(String augmentation, long fresh, long kept, long rejected) {}

  public SweepResult {
    counts = List.copyOf(counts);
  }

  /** Clips computed now. */
  public long fresh() {
    return counts.stream().mapToLong(Count::fresh).sum();
  }

  /** Clips computed before and still true. */
  public long kept() {
    return counts.stream().mapToLong(Count::kept).sum();
  }

  /** Clips without features. */
  public long rejected() {
    return counts.stream().mapToLong(Count::rejected).sum();
  }

  /** Clips computed a second, start and end of the job included. */
  public double clipsPerSecond() {
    return fresh() / Math.max(seconds, 1e-9);
  }

  /** The lines to show at the end. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    for (Count count : counts) {
      lines.add(
          "%-24s %d new, %d kept, %d rejected"
              .formatted(count.augmentation(), count.fresh(), count.kept(), count.rejected()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %d rows new, %d kept, %d rejected in %.1f s (%.1f clips/s)",
            featureSet,
            fresh(),
            kept(),
            rejected(),
            seconds,
            clipsPerSecond()));
    return lines;
  }
}
