package affetto.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What score did.
 *
 * @param model {@code NAME:VERSION}
 * @param protocol how the model was measured, one sentence
 * @param files all of them
 * @param rejected those without a posterior
 * @param first a few rows, by URI
 * @param out where all rows lie
 * @param seconds wall clock
 */
public record ScoreResult(
    String model,
    String protocol,
    long files,
    long rejected,
    List<Scored> first,
    String out,
    double seconds) {

  /** How many rows {@link #first} holds at most. */
  static final int FIRST = 20;

  public ScoreResult {
    first = List.copyOf(first);
  }

  /**
   * A row.
   *
   * @param emotion empty if rejected
   * @param posterior of that emotion, 0 if rejected
   * @param reason empty if ok
   */
  public record Scored(String uri, String emotion, double posterior, String reason) {}

  /** The lines to show at the end; the table has all of them. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    lines.add("model %s, measured %s".formatted(model, protocol));
    first.forEach(
        row ->
            lines.add(
                row.reason().isEmpty()
                    ? String.format(
                        Locale.ROOT, "%-10s %.2f  %s", row.emotion(), row.posterior(), row.uri())
                    : "%-15s  %s: %s".formatted("rejected", row.uri(), row.reason())));
    if (files > first.size()) {
      lines.add("... and %d more".formatted(files - first.size()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%d files in %.1f s, %d of them rejected; scores in %s",
            files,
            seconds,
            rejected,
            out));
    return lines;
  }
}
