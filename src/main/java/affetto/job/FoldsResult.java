package affetto.job;

import affetto.store.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/**
 * What a cross-validation came to.
 *
 * @param done published models, by fold and seed
 * @param failed the rest
 * @param protocol one sentence, to be shown beside every number
 * @param seconds wall clock of all of it
 */
public record FoldsResult(List<Done> done, List<Failed> failed, String protocol, double seconds) {

  private static final String CELL = "%15s";

  public FoldsResult {
    done = List.copyOf(done);
    failed = List.copyOf(failed);
  }

  /**
   * A training that was published.
   *
   * @param model {@code NAME:VERSION}
   * @param scores as in {@link ModelManifest#scores}
   */
  public record Done(int fold, long seed, String model, Map<String, ModelManifest.Score> scores) {}

  /** A training that was not, and why. */
  public record Failed(int fold, long seed, Throwable fault) {

    /** {@code fold 3, seed 42}. */
    public String name() {
      return "fold %d, seed %d".formatted(fold, seed);
    }
  }

  /**
   * A table of the UAR on the test rows in percent, of all corpora together and of each, with mean
   * and sample standard deviation over the trainings.
   */
  public List<String> report() {
    TreeSet<String> sides = new TreeSet<>();
    done.forEach(training -> sides.addAll(training.scores().keySet()));
    sides.removeIf(side -> !side.startsWith(Scoring.TEST));
    List<String> lines = new ArrayList<>();
    lines.add(row("FOLD", "SEED", "MODEL", sides.stream().map(FoldsResult::heading).toList()));
    for (Done training : done) {
      lines.add(
          row(
              training.fold() + "",
              training.seed() + "",
              training.model(),
              sides.stream().map(side -> cell(training.scores().get(side))).toList()));
    }
    lines.add(row("mean", "", "", sides.stream().map(this::meanAndDeviation).toList()));
    lines.add("UAR % on test rows; " + protocol);
    lines.add(
        String.format(
            Locale.ROOT,
            "published %d of %d in %.0f s",
            done.size(),
            done.size() + failed.size(),
            seconds));
    return lines;
  }

  private static String row(String fold, String seed, String model, List<String> cells) {
    StringBuilder row = new StringBuilder("%-5s %8s  %-28s".formatted(fold, seed, model));
    cells.forEach(cell -> row.append(CELL.formatted(cell)));
    return row.toString();
  }

  /** {@code ALL}, {@code RAVDESS}. */
  private static String heading(String side) {
    String corpus = side.substring(Scoring.TEST.length()).replace("/", "");
    return corpus.isEmpty() ? "ALL" : corpus.toUpperCase(Locale.ROOT);
  }

  private static String cell(ModelManifest.Score score) {
    return score == null ? "-" : String.format(Locale.ROOT, "%.1f", 100 * score.uar());
  }

  private String meanAndDeviation(String side) {
    double[] uars =
        done.stream()
            .filter(training -> training.scores().containsKey(side))
            .mapToDouble(training -> 100 * training.scores().get(side).uar())
            .toArray();
    double mean = DoubleStream.of(uars).average().orElse(0);
    double squares = DoubleStream.of(uars).map(uar -> (uar - mean) * (uar - mean)).sum();
    return uars.length < 2
        ? String.format(Locale.ROOT, "%.1f", mean)
        : String.format(Locale.ROOT, "%.1f ± %.1f", mean, Math.sqrt(squares / (uars.length - 1)));
  }
}
