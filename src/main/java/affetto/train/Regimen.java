package affetto.train;

import affetto.model.NetworkSpec;
import affetto.model.Networks;

/**
 * How a network is trained where the user doesn't say otherwise.
 *
 * @param epochs passes over the training rows
 * @param learningRate Adam's step, the highest of them
 * @param batchSize rows a worker takes at a time
 * @param schedule how the learning rate changes
 * @param perturbed whether rows are changed a little in each epoch
 * @param classWeights whether the rare classes of a corpus weigh more
 * @param clipNorm the longest gradient of a layer
 */
public record Regimen(
    int epochs,
    double learningRate,
    int batchSize,
    ScheduleKind schedule,
    boolean perturbed,
    boolean classWeights,
    double clipNorm) {

  /** As the popular recipe trains. */
  private static final Regimen RECIPE =
      new Regimen(50, 1e-3, 64, ScheduleKind.PLATEAU, false, false, NetworkSpec.DEFAULT_CLIP_NORM);

  /** So many epochs, for each shows another stretch of a clip. */
  private static final Regimen STRETCHES =
      new Regimen(50, 1e-3, 32, ScheduleKind.ONE_CYCLE, true, true, 1);

  /** Minutes' work at most: a pass over five thousand rows takes a moment. */
  private static final Regimen SCALARS =
      new Regimen(60, 3e-3, 32, ScheduleKind.ONE_CYCLE, false, true, 1);

  /** The one for a network, by its id. */
  public static Regimen of(String network) {
    return switch (network) {
      case Networks.LOGMEL_ATTENTION, Networks.LOGMEL_LEVELS -> STRETCHES;
      case Networks.PROSODY_MLP -> SCALARS;
      default -> RECIPE;
    };
  }
}
