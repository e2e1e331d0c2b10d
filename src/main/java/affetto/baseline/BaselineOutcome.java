package affetto.baseline;

import affetto.model.Classifier;
import java.util.List;
import java.util.Locale;

/**
 * What training a baseline made.
 *
 * @param classifier trained
 * @param trainer how, in a few words
 * @param partitions of the training rows: so many tasks can be at work at once
 * @param losses what L-BFGS had before its first step and after each: mean loss and regularisation;
 *     empty for a forest
 */
public record BaselineOutcome(
    Classifier classifier, String trainer, int partitions, List<Double> losses) {

  public BaselineOutcome {
    losses = List.copyOf(losses);
  }

  /** Steps of L-BFGS, 0 for a forest. */
  public int iterations() {
    return Math.max(0, losses.size() - 1);
  }

  /** One line for the screen. */
  public String line() {
    return losses.isEmpty()
        ? trainer
        : String.format(
            Locale.ROOT,
            "%s, %d iterations, loss %.4f",
            trainer,
            iterations(),
            losses.get(losses.size() - 1));
  }
}
