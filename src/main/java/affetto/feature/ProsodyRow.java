package affetto.feature;

import java.util.EnumMap;
import java.util.Map;

/** The row of one clip, filled feature by feature. */
final class ProsodyRow {
  private final Map<ProsodyFeature, Float> values = new EnumMap<>(ProsodyFeature.class);

  void set(ProsodyFeature feature, double value) {
    float single = (float) value;
    values.put(feature, Clips.finite(feature.column(), single));
  }

  FeatureMatrix toMatrix() {
    ProsodyFeature[] features = ProsodyFeature.values();
    float[] row = new float[features.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.get(features[i]);
    }
    return new FeatureMatrix(row, 1, row.length);
  }
}
