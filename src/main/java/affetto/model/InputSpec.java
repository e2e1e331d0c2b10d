package affetto.model;

import affetto.feature.FeatureMatrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The fixed piece of a clip's features that a network sees, and what it is told about the whole.
 *
 * @param frames rows; longer clips give their middle, shorter ones stand in the middle of zeros
 * @param bands columns
 * @param trimDb frames before the first and after the last whose mean over the bands is within so
 *     many dB of the loudest one's are cut off, but for {@link #MARGIN}; 0 for none
 * @param centred whether the clip's own mean of each band is taken off first, which removes the
 *     colour of the microphone
 * @param levelled whether these means go before the clip's frames, for a network that is to know
 *     how loud and how bright it was; only of a clip that is centred
 */
public record InputSpec(int frames, int bands, double trimDb, boolean centred, boolean levelled)
    implements Serializable {

  private static final double MIDDLE = 0.5;

  /** Frames of silence that stay on either side. */
  static final int MARGIN = 5;

  /** One that cuts nothing off. */
  public InputSpec(int frames, int bands, boolean centred) {
    this(frames, bands, 0, centred, false);
  }

  public InputSpec {
    if (levelled && !centred) {
      throw new IllegalArgumentException("an input with levels is centred");
    }
  }

  /** Number of values before the first frame: the levels, one a band, or none. */
  public int head() {
    return levelled ? bands : 0;
  }

  /** Number of values a network takes: the head, then frames x bands. */
  public int size() {
    return head() + frames * bands;
  }

  /** Number of frames of a clip that is prepared. */
  public int framesOf(float[] clip) {
    return (clip.length - head()) / bands;
  }

  /**
   * Cuts silence off the ends and takes the clip's own means off, where this input wants it; the
   * scaler is fitted on the result.
   *
   * @return the head, then [frames x bands], row-major; the very values of the argument where there
   *     is nothing to do
   * @throws IllegalArgumentException if the clip has another number of bands
   */
  public float[] prepare(FeatureMatrix clip) {
    if (clip.bands() != bands) {
      throw new IllegalArgumentException(
          "the network takes %d features, the clip has %d".formatted(bands, clip.bands()));
    }
    if (clip.frames() == 0) {
      return new float[head()];
    }
    FeatureMatrix trimmed = trimDb > 0 ? trim(clip) : clip;
    return centred ? centre(trimmed) : trimmed.values();
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

  private float[] centre(FeatureMatrix clip) {
    double[] mean = new double[bands];
    float[] values = clip.values();
    for (int i = 0; i < values.length; i++) {
      mean[i % bands] += values[i];
    }
    Arrays.setAll(mean, band -> mean[band] / clip.frames());
    int head = head();
    float[] prepared = new float[head + values.length];
    for (int band = 0; band < head; band++) {
      prepared[band] = (float) mean[band];
    }
    for (int i = 0; i < values.length; i++) {
      prepared[head + i] = (float) (values[i] - mean[i % bands]);
    }
    return prepared;
  }

  /**
   * Crops or pads a clip: what is left is its middle, or stands in the middle.
   *
   * @param clip prepared and scaled: the head, then [its frames x bands]
   * @return the head, then [frames x bands], row-major
   */
  public float[] fit(float[] clip) {
    return fit(clip, MIDDLE);
  }

  /**
   * The same with another stretch of a clip that is too long.
   *
   * @param place of the stretch, from 0, where the clip begins, to 1, where it ends
   */
  float[] fit(float[] clip, double place) {
    int given = framesOf(clip);
    if (given == frames) {
      return clip;
    }
    int head = head();
    float[] fitted = new float[size()];
    System.arraycopy(clip, 0, fitted, 0, head);
    int copied = Math.min(frames, given);
    int from = (int) ((given - copied) * place);
    int to = (frames - copied) / 2;
    System.arraycopy(clip, head + from * bands, fitted, head + to * bands, copied * bands);
    return fitted;
  }
}
