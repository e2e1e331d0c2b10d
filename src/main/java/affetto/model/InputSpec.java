package affetto.model;

import affetto.feature.FeatureMatrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The fixed piece of a clip's features that a network sees.
 *
 * @param frames rows; longer clips give their middle, shorter ones stand in the middle of zeros
 * @param bands columns
 * @param trimDb frames before the first and after the last whose mean over the bands is within so
 *     many dB of the loudest one's are cut off, but for {@link #MARGIN}; 0 for none
 * @param centred whether the clip's own mean of each band is taken off first, which removes the
 *     colour of the microphone
 */
public record InputSpec(int frames, int bands, double trimDb, boolean centred)
    implements Serializable {

  /** Frames of silence that stay on either side. */
  static final int MARGIN = 5;

  /** One that cuts nothing off. */
  public InputSpec(int frames, int bands, boolean centred) {
    this(frames, bands, 0, centred);
  }

  /** Number of values a network takes: frames x bands. */
  public int size() {
    return frames * bands;
  }

  /**
   * Cuts silence off the ends and takes the clip's own means off, where this input wants it; the
   * scaler is fitted on the result.
   *
   * @return as many bands; the very argument where there is nothing to do
   * @throws IllegalArgumentException if the clip has another number of bands
   */
  public FeatureMatrix prepare(FeatureMatrix clip) {
    if (clip.bands() != bands) {
      throw new IllegalArgumentException(
          "the network takes %d features, the clip has %d".formatted(bands, clip.bands()));
    }
    if (clip.frames() == 0) {
      return clip;
    }
    FeatureMatrix trimmed = trimDb > 0 ? trim(clip) : clip;
    return centred ? centre(trimmed) : trimmed;
  }

  private FeatureMatrix trim(FeatureMatrix clip) {
    double[] level = new double[clip.frames()];
    for (int i = 0; i < clip.values().length; i++) {
      level[i / bands] += clip.values()[i] / (double) bands;
    }
    double least = Arrays.stream(level).max().orElseThrow() - trimDb;
    int first = 0;
    while (level[first] < least) {
      first++;
    }
    int last = level.length - 1;
    while (level[last] < least) {
      last--;
    }
    int from = Math.max(0, first - MARGIN);
    int to = Math.min(level.length, last + 1 + MARGIN);
    float[] kept = Arrays.copyOfRange(clip.values(), from * bands, to * bands);
    return new FeatureMatrix(kept, to - from, bands);
  }

  private FeatureMatrix centre(FeatureMatrix clip) {
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
   * Crops or pads a clip.
   *
   * @param clip prepared and scaled, shape [its frames x bands]
   * @return shape [frames x bands], row-major
   */
  public float[] fit(float[] clip) {
    int given = clip.length / bands;
    if (given == frames) {
      return clip;
    }
    float[] fitted = new float[size()];
    int copied = Math.min(frames, given);
    int from = (given - copied) / 2;
    int to = (frames - copied) / 2;
    System.arraycopy(clip, from * bands, fitted, to * bands, copied * bands);
    return fitted;
  }
}
