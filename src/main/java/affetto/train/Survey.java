package affetto.train;

import affetto.feature.FeatureMatrix;
import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be known of the training rows before the first step: scaling and the classes' numbers.
 * Fill one a partition, then merge: the result does not depend on the partitions.
 */
public final class Survey implements Serializable {
  private static final long serialVersionUID = 1L;
  private final InputSpec input;
  private final long[] labels;
  private final FeatureScaler.Fit fit;

  public Survey(int classes, InputSpec input) {
    this.input = input;
    this.labels = new long[classes];
    this.fit = new FeatureScaler.Fit(input.head(), input.bands());
  }

  /** Takes in one training row. */
  public Survey add(int label, FeatureMatrix features) {
    labels[label]++;
    fit.add(input.prepare(features));
    return this;
  }

  /** Adds what another survey has seen. */
  public Survey merge(Survey other) {
    for (int i = 0; i < labels.length; i++) {
      labels[i] += other.labels[i];
    }
    fit.merge(other.fit);
    return this;
  }

  /** Training rows seen. */
  public long rows() {
    long rows = 0;
    for (long label : labels) {
      rows += label;
    }
    return rows;
  }

  public FeatureScaler scaler() {
    return fit.scaler();
  }

  /**
   * Weights by which all classes count the same: rows over classes times the class's rows, so that
   * the mean over rows is 1. A class without rows weighs 1.
   */
  public List<Double> classWeights() {
    long present = 0;
    for (long label : labels) {
      present += label > 0 ? 1 : 0;
    }
    List<Double> weights = new ArrayList<>();
    for (long label : labels) {
      weights.add(label == 0 ? 1.0 : (double) rows() / (present * label));
    }
    return weights;
  }
}
