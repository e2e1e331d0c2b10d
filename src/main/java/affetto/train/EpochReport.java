package affetto.train;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One epoch in numbers.
 *
 * @param epoch from 1
 * @param epochs at most
 * @param loss mean training loss of the epoch's rows, each before its own step, with the penalty of
 *     the last layer's weight decay where a network has one
 * @param validationUar mean recall on the validation rows, each seen once and in its middle, where
 *     a published model may look at several stretches; empty where there are none
 * @param learningRate of this epoch
 * @param rowsPerSecond training rows over the time the epoch took, validation left out
 * @param waitingShare of the workers' time they waited for input, 0 to 1
 * @param idleShare of the epoch that workers were being averaged or waited for others, 0 to 1
 * @param secondsLeft if all epochs are needed and take as long as so far
 * @param backend what ND4J computed it with, by executor where they differ; with the reason where
 *     it was the CPU instead of a GPU
 */
public record EpochReport(
    int epoch,
    int epochs,
    double loss,
    OptionalDouble validationUar,
    double learningRate,
    double rowsPerSecond,
    double waitingShare,
    double idleShare,
    double secondsLeft,
    String backend) {

  /** One line for the screen. */
  public String line() {
    String uar =
        validationUar.isPresent()
            ? String.format(
                Locale.ROOT, "validation UAR %.1f %%", 100 * validationUar.getAsDouble())
            : "no validation";
    return String.format(
        Locale.ROOT,
        "epoch %d/%d: loss %.4f, %s, learning rate %.2g, %.0f rows/s (input %.1f %%, averaging"
            + " %.1f %%), %s left",
        epoch,
        epochs,
        loss,
        uar,
        learningRate,
        rowsPerSecond,
        100 * waitingShare,
        100 * idleShare,
        time(secondsLeft));
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60 ? whole + " s" : "%d min %d s".formatted(whole / 60, whole % 60);
  }
}
