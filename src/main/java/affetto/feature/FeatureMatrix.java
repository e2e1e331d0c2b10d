package affetto.feature;

import java.io.Serializable;

/**
 * Features of one clip.
 *
 * @param values row-major, shape [frames x bands]
 * @param frames rows; 1 for a scalar set
 * @param bands columns
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: copies would dominate
public record FeatureMatrix(float[] values, int frames, int bands) implements Serializable {

  public FeatureMatrix {
    if (values.length != frames * bands) {
      throw new IllegalArgumentException(
          "%d values do not make %d frames of %d bands".formatted(values.length, frames, bands));
    }
  }
}
