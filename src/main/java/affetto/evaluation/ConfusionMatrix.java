package affetto.evaluation;

import affetto.corpus.Emotion;
import java.io.Serializable;
import java.util.List;

/** Counts of truth against prediction; grows row by row, and merges. Not for several threads. */
public final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Emotion> classes;
  private final long[][] counts;

  /** An empty matrix over these classes, in this order. */
  public ConfusionMatrix(List<Emotion> classes) {
    this.classes = List.copyOf(classes);
    this.counts = new long[classes.size()][classes.size()];
  }

  /**
   * Counts one row.
   *
   * @throws IllegalArgumentException if either is not one of the classes
   */
  public ConfusionMatrix add(Emotion truth, Emotion predicted) {
    return add(truth, predicted, 1);
  }

  /**
   * Counts rows.
   *
   * @throws IllegalArgumentException if either is not one of the classes
   */
  public ConfusionMatrix add(Emotion truth, Emotion predicted, long rows) {
    counts[index(truth)][index(predicted)] += rows;
    return this;
  }

  /** Adds another matrix's counts to this one's. */
  public ConfusionMatrix merge(ConfusionMatrix other) {
    if (!classes.equals(other.classes)) {
      throw new IllegalArgumentException(classes + " is not " + other.classes);
    }
    for (int t = 0; t < counts.length; t++) {
      for (int p = 0; p < counts.length; p++) {
        counts[t][p] += other.counts[t][p];
      }
    }
    return this;
  }

  public List<Emotion> classes() {
    return classes;
  }

  /** Rows of this truth that were predicted as that class. */
  public long count(Emotion truth, Emotion predicted) {
    return counts[index(truth)][index(predicted)];
  }

  /** Rows of this truth. */
  public long support(Emotion truth) {
    long sum = 0;
    for (long count : counts[index(truth)]) {
      sum += count;
    }
    return sum;
  }

  /** Rows that were predicted as this class. */
  public long predicted(Emotion predicted) {
    long sum = 0;
    for (long[] row : counts) {
      sum += row[index(predicted)];
    }
    return sum;
  }

  /** All rows. */
  public long total() {
    return classes.stream().mapToLong(this::support).sum();
  }

  private int index(Emotion emotion) {
    int index = classes.indexOf(emotion);
    if (index < 0) {
      throw new IllegalArgumentException(emotion.label() + " is none of " + classes);
    }
    return index;
  }
}
