package affetto.train;

import affetto.feature.FeatureMatrix;
import affetto.model.ClassWeights;
import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must be known of the training rows before the first step: scaling and how many there are of
 * each class. Fill one a partition, then merge: the result does not depend on the partitions.
 */
public final class Survey implements Serializable {
  private static final long serialVersionUID = 1L;
  private final InputSpec input;
  private final int classes;
  private final SortedMap<String, long[]> rows = new TreeMap<>();
  private final FeatureScaler.Fit fit;

  public Survey(int classes, InputSpec input) {
    this.input = input;
    this.classes = classes;
    this.fit = new FeatureScaler.Fit(input.head(), input.bands());
  }

  /** Takes in one training row. */
  public Survey add(String corpus, int label, FeatureMatrix features) {
    rows(corpus)[label]++;
    fit.add(input.prepare(features));
    return this;
  }

  /** Adds what another survey has seen. */
  public Survey merge(Survey other) {
    other.rows.forEach(
        (corpus, theirs) -> {
          long[] ours = rows(corpus);
          for (int i = 0; i < ours.length; i++) {
            ours[i] += theirs[i];
          }
        });
    fit.merge(other.fit);
    return this;
  }

  private long[] rows(String corpus) {
    return rows.computeIfAbsent(corpus, unseen -> new long[classes]);
  }

  /** Training rows seen. */
  public long rows() {
    return rows.values().stream().flatMapToLong(Arrays::stream).sum();
  }

  public FeatureScaler scaler() {
    return fit.scaler();
  }

  /** Weights by which all classes of a corpus count the same. */
  public ClassWeights classWeights() {
    return ClassWeights.balanced(rows);
  }
}
