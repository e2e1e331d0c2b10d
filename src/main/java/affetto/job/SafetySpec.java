package affetto.job;

import affetto.model.NetworkSpec;
import java.io.Serializable;

/**
 * What keeps a training from running away, from being lost, and from publishing a worse model.
 *
 * @param clipNorm each layer's gradient is scaled down to this L2 norm where it is longer; 0 for
 *     never
 * @param checkpointEvery epochs from one checkpoint to the next, 0 for none; the last epoch has
 *     one, too
 * @param minUar least UAR that is published, 0 to 1; 0 for any
 * @param mustBeat {@code NAME} or {@code NAME:VERSION} of a model in the same store that is
 *     published over only with a higher UAR; empty for none
 */
public record SafetySpec(double clipNorm, int checkpointEvery, double minUar, String mustBeat)
    implements Serializable {

  /** As the configuration has it where nothing is said. */
  public static final SafetySpec DEFAULT = new SafetySpec(NetworkSpec.DEFAULT_CLIP_NORM, 1, 0, "");

  /** The same with another least UAR. */
  public SafetySpec withMinUar(double uar) {
    return new SafetySpec(clipNorm, checkpointEvery, uar, mustBeat);
  }

  /** The same with another model to beat. */
  public SafetySpec withMustBeat(String model) {
    return new SafetySpec(clipNorm, checkpointEvery, minUar, model);
  }
}
