package affetto.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a row counts for in the loss, by its corpus and its class.
 *
 * <p>By corpus, because corpora have different classes: where happy clips are twice as many as
 * surprised ones only because a corpus without surprise has some, weights of the classes alone
 * would teach a network to prefer surprise wherever both can be.
 *
 * @param byCorpus by the corpus's id, the weights of its classes in the order of the outputs; what
 *     is not there weighs 1
 */
public record ClassWeights(Map<String, List<Double>> byCorpus) implements Serializable {

  /** Every row counts the same. */
  public static final ClassWeights EQUAL = new ClassWeights(Map.of());

  public ClassWeights {
    byCorpus = Collections.unmodifiableMap(new TreeMap<>(byCorpus));
  }

  /**
   * Weights by which all classes of a corpus count the same, and a corpus as much as its rows are.
   *
   * @param rows by corpus, how many rows of each class
   * @return rows of the corpus over its classes times the class's rows, so that the mean over the
   *     rows of a corpus is 1; 1 where a class has no row
   */
  public static ClassWeights balanced(Map<String, long[]> rows) {
    Map<String, List<Double>> weights = new TreeMap<>();
    rows.forEach((corpus, counts) -> weights.put(corpus, balanced(counts)));
    return new ClassWeights(weights);
  }

  private static List<Double> balanced(long[] counts) {
    long present = Arrays.stream(counts).filter(count -> count > 0).count();
    double even = (double) Arrays.stream(counts).sum() / Math.max(1, present);
    return Arrays.stream(counts).mapToObj(count -> count == 0 ? 1.0 : even / count).toList();
  }

  /**
   * The weight of a row.
   *
   * @param label index of its class
   */
  public double of(String corpus, int label) {
    List<Double> weights = byCorpus.get(corpus);
    return weights == null ? 1 : weights.get(label);
  }
}
