package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;
import java.io.Serializable;

/**
 * A change of a clip's sound as a value: equal parameters, equal id, equal result.
 *
 * <p>An augmentation acts on the waveform as the feature set loaded it (resampled and cropped).
 *
 * <p><b>Full scale.</b> The result stays within [-1, 1], or within the clip's own peak where that
 * is higher: what would exceed it is scaled down as a whole, so that ratios and spectra hold and
 * nothing is clipped. Two exceptions are made on purpose. {@link Gain} clips when asked to. The
 * recipe's {@link AddNoise}, {@link TimeStretch} and {@link PitchShift} give the numbers of the
 * papers and of librosa, which may exceed full scale; samples are floats, so nothing is lost by it.
 */
public interface Augmentation extends Serializable {

  /**
   * Stable and fit for a folder's name: {@code noise-0.035}, {@code pitch+0.7}, {@code clean}. Only
   * letters, digits, dot, plus, minus and underscore.
   */
  String id();

  /**
   * Which way of computing this is, from 1. It is raised when the same id, clip and seed come to
   * give other numbers, and is part of the seed of a clip, so that rows computed the old way are
   * computed again.
   */
  default int revision() {
    return 1;
  }

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
