package affetto.model;

import affetto.feature.FeatureMatrix;
import java.io.Serializable;

/**
 * The fixed piece of a clip's features that a network sees.
 *
 * @param frames rows; longer clips give their middle, shorter ones stand in the middle of zeros
 * @param bands columns
 * @param centred whether the clip's own mean of each band is taken off first, which removes the
 *     colour of the microphone
 */
public record InputSpec(int frames, int bands, boolean centred) implements Serializable {

  /** Number of values a network takes: frames x bands. */
  public int size() {
    return frames * bands;
  }

  /**
   * Takes the clip's own means off where this input wants it; the scaler is fitted on the result.
   *
   * @return the same shape; the very argument where there is nothing to do
   * @throws IllegalArgumentException if the clip has another number of bands
   */
  public FeatureMatrix centre(FeatureMatrix clip) {
    if (clip.bands() != bands) {
      throw new IllegalArgumentException(
          "the network takes %d features, the clip has %d".formatted(bands, clip.bands()));
    }
    if (!centred || clip.frames() == 0) {
      return clip;
    }
    double[] mean = new double[bands];
    float[] values = clip.values();
    for (int i = 0; i < values.length; i++) {
      mean[i % bands] += values[i];
    }
    float[] centredValues = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      centredValues[i] = (float) (values[i] - mean[i % bands] / clip.frames());
    }
    return new FeatureMatrix(centredValues, clip.frames(), bands);
  }

  /**
   * Crops or pads a centred and scaled clip.
   *
   * @return shape [frames x bands], row-major
   */
  public float[] fit(FeatureMatrix clip) {
    if (clip.frames() == frames) {
      return clip.values();
    }
    float[] fitted = new float[size()];
    int copied = Math.min(frames, clip.frames());
    int from = (clip.frames() - copied) / 2;
    int to = (frames - copied) / 2;
    System.arraycopy(clip.values(), from * bands, fitted, to * bands, copied * bands);
    return fitted;
  }
}
