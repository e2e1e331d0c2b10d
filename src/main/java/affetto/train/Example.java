package affetto.train;

import affetto.model.EmotionLoss;
import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import affetto.table.FeatureRow;
import java.io.Serializable;

/**
 * A row to learn from.
 *
 * @param clip unique among the rows; it decides the row's place before shuffling
 * @param target a distribution over the classes times the row's weight, with {@link
 *     EmotionLoss#IMPOSSIBLE} for those that the row's corpus does not have
 * @param values prepared and scaled: the head, then [frames x bands]; as many frames as the clip
 *     has
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: copies would dominate
public record Example(String clip, float[] target, float[] values) implements Serializable {

  /**
   * Prepares and scales a row's features.
   *
   * @param label index of the row's class
   * @param possible by class whether the row's corpus has it
   * @param weight of the row in the loss
   */
  public static Example of(
      FeatureRow row,
      int label,
      boolean[] possible,
      double weight,
      InputSpec input,
      FeatureScaler scaler) {
    float[] target = new float[possible.length];
    for (int c = 0; c < target.length; c++) {
      target[c] = possible[c] ? 0 : EmotionLoss.IMPOSSIBLE;
    }
    target[label] = (float) weight;
    return new Example(
        row.clip(), target, scaler.scale(input.prepare(row.features()), input.head()));
  }

  /** A row of one class, of a corpus that has them all. */
  static Example of(String clip, int label, int classes, float[] values) {
    float[] target = new float[classes];
    target[label] = 1;
    return new Example(clip, target, values);
  }

  /** The class that most of the target goes to. */
  int label() {
    int best = 0;
    for (int c = 1; c < target.length; c++) {
      best = target[c] > target[best] ? c : best;
    }
    return best;
  }

  /** By class whether it can be. */
  boolean[] possible() {
    boolean[] possible = new boolean[target.length];
    for (int c = 0; c < target.length; c++) {
      possible[c] = target[c] >= 0;
    }
    return possible;
  }
}
