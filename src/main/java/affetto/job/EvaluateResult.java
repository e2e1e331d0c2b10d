package affetto.job;

import affetto.corpus.Emotion;
import affetto.evaluation.ConfusionMatrix;
import affetto.evaluation.Metrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model is worth on the rows that its protocol held out.
 *
 * @param model {@code NAME:VERSION}
 * @param protocol its id
 * @param description what the protocol promises
 * @param fold from 1
 * @param folds how many
 * @param leak who was found on both sides, one sentence
 * @param overall all corpora together
 * @param perCorpus by the corpus's id
 * @param confusion all corpora together
 * @param changed corpora whose utterances are not those of the training any more
 * @param seconds wall clock
 */
public record EvaluateResult(
    String model,
    String protocol,
    String description,
    int fold,
    int folds,
    String leak,
    Metrics overall,
    Map<String, Metrics> perCorpus,
    ConfusionMatrix confusion,
    List<String> changed,
    double seconds) {

  public EvaluateResult {
    perCorpus = Collections.unmodifiableMap(new TreeMap<>(perCorpus));
    changed = List.copyOf(changed);
  }

  /** The lines to show at the end, the protocol before any number. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    lines.add("model %s, protocol %s, fold %d of %d".formatted(model, protocol, fold, folds));
    lines.add(description);
    lines.add("Found: " + leak + ".");
    if (!changed.isEmpty()) {
      lines.add("Changed since the training: " + String.join(", ", changed) + ".");
    }
    lines.add("");
    lines.add(
        "%-10s %6s %6s %6s %8s %7s".formatted("corpus", "UAR", "acc", "F1", "chance", "rows"));
    perCorpus.forEach((corpus, metrics) -> lines.add(line(corpus, metrics)));
    lines.add(line("all", overall));
    lines.add("");
    lines.addAll(confusionLines());
    return lines;
  }

  private static String line(String name, Metrics metrics) {
    return String.format(
        Locale.ROOT,
        "%-10s %6.1f %6.1f %6.1f %8.1f %7d",
        name,
        100 * metrics.uar(),
        100 * metrics.accuracy(),
        100 * metrics.macroF1(),
        100 * metrics.chance(),
        metrics.rows());
  }

  private List<String> confusionLines() {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("%-16s".formatted("said \\ taken for"));
    confusion.classes().forEach(c -> head.append(" %9s".formatted(c.label())));
    lines.add(head.append("    recall precision     F1").toString());
    for (Metrics.ClassMetrics row : overall.perClass()) {
      if (row.support() == 0 && confusion.predicted(row.emotion()) == 0) {
        continue;
      }
      StringBuilder line = new StringBuilder("%-16s".formatted(row.emotion().label()));
      for (Emotion predicted : confusion.classes()) {
        line.append(" %9d".formatted(confusion.count(row.emotion(), predicted)));
      }
      lines.add(
          line.append(
                  String.format(
                      Locale.ROOT,
                      "    %6.1f    %6.1f %6.1f",
                      100 * row.recall(),
                      100 * row.precision(),
                      100 * row.f1()))
              .toString());
    }
    return lines;
  }
}
