package affetto.baseline;

import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.evaluation.RowKey;
import affetto.feature.FeatureMatrix;
import affetto.model.FeatureScaler;
import affetto.table.FeatureRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Rows of a few features around one middle for each class. */
final class Blobs {
  static final EmotionScheme SCHEME = EmotionScheme.COMMON_SIX;
  static final int FEATURES = 5;

  private Blobs() {}

  /** Rows in a random order, of all classes but the last; the first class has half of them. */
  static List<FeatureRow> rows(int number, long seed) {
    Random random = new Random(seed);
    List<FeatureRow> rows = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      int label = i % 2 == 0 ? 0 : 1 + i / 2 % (SCHEME.classes().size() - 2);
      float[] values = new float[FEATURES];
      for (int f = 0; f < FEATURES; f++) {
        values[f] = (float) (2 * random.nextGaussian() + (f == label ? 4 : 0) + 10 * f);
      }
      rows.add(row("clip-%05d".formatted(i), label, values));
    }
    Collections.shuffle(rows, random);
    return rows;
  }

  private static FeatureRow row(String clip, int label, float[] values) {
    Emotion emotion = SCHEME.classes().get(label);
    return new FeatureRow(
        clip,
        new RowKey("ravdess", "ravdess-01", clip, clip, "clean"),
        emotion,
        false,
        false,
        false,
        new FeatureMatrix(values, 1, values.length));
  }

  static FeatureScaler scaler(List<FeatureRow> rows) {
    FeatureScaler.Fit fit = new FeatureScaler.Fit(FEATURES);
    rows.forEach(row -> fit.add(row.features().values()));
    return fit.scaler();
  }

  static int label(FeatureRow row) {
    return SCHEME.classOf(row.emotion()).orElseThrow();
  }

  /** Posteriors of rows, scaled. */
  static double[][] posteriors(BaselineOutcome outcome, List<FeatureRow> rows) {
    FeatureScaler scaler = scaler(rows);
    return outcome
        .classifier()
        .posteriors(rows.stream().map(row -> scaler.scale(row.features())).toList());
  }
}
