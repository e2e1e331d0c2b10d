package affetto.train;

import affetto.model.EmotionNetwork;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tells a training that runs away from one that merely learns badly.
 *
 * <p>It runs away if a loss, a parameter or a number of the optimizer is not finite. It runs away,
 * too, if its loss explodes: an epoch's mean training loss is more than twice that of guessing,
 * ln(classes), and more than twice that of the best epoch before. Such a network knew something,
 * and is now sure of what is wrong. The first epoch has none before it: its steps from random
 * weights may be wild and come to rest. A network that falls back to guessing has not exploded;
 * validation tells of it. Class weights change nothing here, as they are 1 on the mean over the
 * rows.
 */
final class RunawayCheck {
  private static final double TWICE = 2;

  private final double guessing;

  RunawayCheck(int classes) {
    this.guessing = Math.log(classes);
  }

  /**
   * Looks at an epoch.
   *
   * @param network after it
   * @param before the epochs before it
   * @return what shows that training ran away, empty where nothing does
   */
  Optional<String> sign(LossSum loss, EmotionNetwork network, List<EpochReport> before) {
    if (loss.broken()) {
      return Optional.of("the loss is not a number");
    }
    if (!network.isFinite() || !isFinite(network.graph().getUpdater().getStateViewArray())) {
      return Optional.of("a parameter is not a number");
    }
    double best =
        before.stream().mapToDouble(EpochReport::loss).min().orElse(Double.POSITIVE_INFINITY);
    if (loss.mean() > TWICE * Math.max(guessing, best)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the loss is %.2f, after %.2f, where guessing has %.2f",
              loss.mean(),
              best,
              guessing));
    }
    return Optional.empty();
  }

  private static boolean isFinite(INDArray numbers) {
    return numbers == null || Double.isFinite(numbers.sumNumber().doubleValue());
  }
}
