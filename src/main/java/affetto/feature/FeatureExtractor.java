package affetto.feature;

import affetto.audio.Waveform;

/** The engine of a {@link FeatureSet}: one thread's buffers and filter banks. */
public interface FeatureExtractor {

  /**
   * Resamples and crops a recording the way the feature set wants it; augmentations act on the
   * result.
   *
   * @param recording mono, at any rate
   * @return at the feature set's rate; may be empty where the recording is shorter than the offset
   */
  Waveform load(Waveform recording);

  /**
   * Computes the features of a loaded, possibly augmented waveform.
   *
   * @param clip what {@link #load} returned, or an augmentation of it
   * @return 1 x n for a scalar set, frames x bands otherwise; every value finite
   * @throws IllegalArgumentException if the clip is empty or has another sample rate
   */
  FeatureMatrix extract(Waveform clip);
}
