package affetto.job;

import affetto.store.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What train made.
 *
 * @param model {@code NAME:VERSION} in the store
 * @param protocol one sentence, to be shown beside every number
 * @param leakage who stands on both sides, in a sentence
 * @param rows by role: {@code train}, {@code validation}, {@code test}, {@code unused}, {@code
 *     dropped}
 * @param scores as in {@link ModelManifest#scores}
 * @param epochs that were run, 0 of what is not trained in epochs
 * @param bestEpoch whose parameters were published
 * @param rowsPerSecond training rows over training time
 * @param seconds wall clock of the whole job
 */
public record TrainResult(
    String model,
    String protocol,
    String leakage,
    Map<String, Long> rows,
    Map<String, ModelManifest.Score> scores,
    int epochs,
    int bestEpoch,
    double rowsPerSecond,
    double seconds) {

  /** UAR on all test rows, 0 where there are none. */
  public double testUar() {
    ModelManifest.Score test = scores.get(Scoring.TEST);
    return test == null ? 0 : test.uar();
  }

  /** The lines to show at the end. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    scores.forEach(
        (side, score) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%-16s UAR %.1f %%, accuracy %.1f %%, chance %.1f %%, %d rows",
                    side,
                    100 * score.uar(),
                    100 * score.accuracy(),
                    100 * score.chance(),
                    score.rows())));
    lines.add(protocol + "; here " + leakage);
    lines.add(
        String.format(
            Locale.ROOT,
            "published %s: %s%.0f rows/s, %.0f s",
            model,
            epochs == 0 ? "" : "epoch %d of %d, ".formatted(bestEpoch, epochs),
            rowsPerSecond,
            seconds));
    return lines;
  }
}
