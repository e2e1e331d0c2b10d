package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;
import java.io.Serializable;

/**
 * A change of a clip's sound as a value: equal parameters, equal id, equal result.
 *
 * <p>An augmentation acts on the waveform as the feature set loaded it (resampled and cropped).
 */
public interface Augmentation extends Serializable {

  /** Stable and fit for a folder's name: {@code noise-0.035}, {@code pitch+0.7}, {@code clean}. */
  String id();

  /**
   * Applies this augmentation; a pure function of its arguments.
   *
   * @param waveform mono; left unchanged
   * @param seed all randomness comes from it
   * @param bench the calling thread's engines; the result does not depend on it
   * @return a waveform of the same sample rate
   */
  Waveform apply(Waveform waveform, long seed, Workbench bench);

  /** Applies this augmentation once, with engines that are thrown away. */
  default Waveform apply(Waveform waveform, long seed) {
    return apply(waveform, seed, new Workbench());
  }
}
