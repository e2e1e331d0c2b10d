package affetto.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What sweep did.
 *
 * @param featureSet its id
 * @param counts one an augmentation, in the order given
 * @param files that hold these augmentations' rows
 * @param superseded what vacuum would remove of these augmentations
 * @param seconds wall clock
 */
public record SweepResult(
    String featureSet, List<Count> counts, FileCount files, Superseded superseded, double seconds) {

  /**
   * Clips of one augmentation.
   *
   * @param fresh computed now
   * @param kept computed before and still true, by a run that was cut short, too
   * @param rejected without features, now or before
   */
  public record Count(String augmentation, long fresh, long kept, long rejected) {}

  /**
   * What lies there and no longer counts.
   *
   * @param rows of older recordings, or there twice, among those that count
   * @param folders of other versions and seeds, or replaced
   * @param bytes of these folders
   */
  public record Superseded(long rows, long folders, long bytes) {}

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
    lines.add(files.text());
    if (superseded.rows() > 0 || superseded.folders() > 0) {
      lines.add(
          "%d rows of older recordings and %d folders that no longer count (%s): vacuum removes them"
              .formatted(
                  superseded.rows(), superseded.folders(), FileCount.mib(superseded.bytes())));
    }
    return lines;
  }
}
