package affetto.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the demonstration came to.
 *
 * @param uar mean recall over the classes, on speakers that training never heard, 0 to 1
 * @param chance the UAR of guessing: one over the number of classes
 * @param clips ingested
 * @param rows of features
 * @param workers that trained side by side
 * @param protocol how training and test were divided, in one sentence
 * @param model {@code NAME:VERSION}
 * @param spoken the emotion of the recording that no corpus holds
 * @param heard what the model takes it for
 * @param seconds by stage, in the order of the stages
 * @param places what lies where, in the order of the stages
 */
public record DemoResult(
    double uar,
    double chance,
    long clips,
    long rows,
    int workers,
    String protocol,
    String model,
    String spoken,
    String heard,
    Map<String, Double> seconds,
    Map<String, String> places) {

  /** A short table, and where everything lies. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(row("clips", clips + ", synthetic, of four corpora"));
    lines.add(row("rows", rows + " (each clip, with noise, and stretched and shifted)"));
    lines.add(row("workers", workers + ", parameters averaged"));
    lines.add(row("protocol", protocol));
    lines.add(row("UAR", "%.1f %% (chance %.1f %%)".formatted(100 * uar, 100 * chance)));
    lines.add(row("model", model));
    lines.add(row("a stranger", "speaks " + spoken + ", is heard as " + heard));
    double total = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    List<String> times = new ArrayList<>();
    seconds.forEach(
        (stage, spent) -> times.add(String.format(Locale.ROOT, "%s %.0f", stage, spent)));
    lines.add(
        row("seconds", String.format(Locale.ROOT, "%.0f: %s", total, String.join(", ", times))));
    lines.add("");
    places.forEach((what, where) -> lines.add(row(what, where)));
    return lines;
  }

  private static String row(String name, String value) {
    return "%-11s %s".formatted(name, value);
  }
}
