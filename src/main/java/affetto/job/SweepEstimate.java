package affetto.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a sweep would do.
 *
 * @param featureSet its id
 * @param counts one an augmentation, in the order given
 * @param utterances that lack a clip
 * @param audioBytes of their recordings
 * @param rowBytes that the new rows would take, about
 * @param files that would hold them, about
 * @param cores that compute
 * @param clipsPerSecond of all cores, measured; 0 where nothing is missing
 */
public record SweepEstimate(
    String featureSet,
    List<Count> counts,
    long utterances,
    long audioBytes,
    long rowBytes,
    long files,
    int cores,
    double clipsPerSecond) {

  private static final double SECONDS_AN_HOUR = 3600;
  private static final int LINES = 20;

  /** What shuffling and writing rows adds to computing them. */
  private static final double WRITING = 1.25;

  /**
   * Clips of one augmentation.
   *
   * @param missing to compute
   * @param kept computed before, or known to have no features
   */
  public record Count(String augmentation, long missing, long kept) {}

  public SweepEstimate {
    counts = List.copyOf(counts);
  }

  /** Clips to compute. */
  public long clips() {
    return counts.stream().mapToLong(Count::missing).sum();
  }

  /** How long that takes. */
  public double hours() {
    return clips() == 0 ? 0 : WRITING * clips() / clipsPerSecond / SECONDS_AN_HOUR;
  }

  /** The lines to show. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    for (Count count : counts.subList(0, Math.min(LINES, counts.size()))) {
      lines.add(
          "%-24s %d to compute, %d there"
              .formatted(count.augmentation(), count.missing(), count.kept()));
    }
    if (counts.size() > LINES) {
      lines.add("... and %d more augmentations".formatted(counts.size() - LINES));
    }
    lines.add(
        "%s: %d rows to compute from %d clips (%s of recordings), %d there"
            .formatted(
                featureSet,
                clips(),
                utterances,
                FileCount.mib(audioBytes),
                counts.stream().mapToLong(Count::kept).sum()));
    lines.add("about %s in %d files".formatted(FileCount.mib(rowBytes), files));
    if (clips() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%.2f hours on %d cores: %.0f rows/s, measured now on some of them, and a quarter more"
                  + " for writing",
              hours(),
              cores,
              clipsPerSecond));
    }
    return lines;
  }
}
