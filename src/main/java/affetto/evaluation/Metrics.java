package affetto.evaluation;

import affetto.corpus.Emotion;
import java.io.Serializable;
import java.util.List;

/**
 * What is read off a confusion matrix. Classes without a single test row are left out of every
 * mean: nothing can be said of them.
 *
 * @param uar unweighted average recall, 0 to 1: the mean over classes of {@link
 *     ClassMetrics#recall}
 * @param accuracy share of rows that are right (weighted accuracy), 0 to 1
 * @param macroF1 mean of F1 over classes, 0 to 1
 * @param chance UAR of guessing: 1 over the number of classes with test rows
 * @param rows test rows
 * @param perClass in the order of the classes, those without rows too
 */
public record Metrics(
    double uar,
    double accuracy,
    double macroF1,
    double chance,
    long rows,
    List<ClassMetrics> perClass)
    implements Serializable {

  /**
   * One class. A share of nothing (no rows, nothing predicted) is 0.
   *
   * @param emotion the class
   * @param support its test rows
   * @param recall share of its rows that were found
   * @param precision share of its predictions that are right
   * @param f1 their harmonic mean
   */
  public record ClassMetrics(
      Emotion emotion, long support, double recall, double precision, double f1)
      implements Serializable {}

  public Metrics {
    perClass = List.copyOf(perClass);
  }

  /** The metrics of a matrix; all 0 where it is empty. */
  public static Metrics of(ConfusionMatrix matrix) {
    List<ClassMetrics> perClass =
        matrix.classes().stream().map(emotion -> classMetrics(matrix, emotion)).toList();
    List<ClassMetrics> present = perClass.stream().filter(c -> c.support() > 0).toList();
    long right = matrix.classes().stream().mapToLong(e -> matrix.count(e, e)).sum();
    return new Metrics(
        present.stream().mapToDouble(ClassMetrics::recall).average().orElse(0),
        share(right, matrix.total()),
        present.stream().mapToDouble(ClassMetrics::f1).average().orElse(0),
        present.isEmpty() ? 0 : 1.0 / present.size(),
        matrix.total(),
        perClass);
  }

  private static ClassMetrics classMetrics(ConfusionMatrix matrix, Emotion emotion) {
    long right = matrix.count(emotion, emotion);
    long support = matrix.support(emotion);
    long predicted = matrix.predicted(emotion);
    return new ClassMetrics(
        emotion,
        support,
        share(right, support),
        share(right, predicted),
        share(2 * right, support + predicted));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
