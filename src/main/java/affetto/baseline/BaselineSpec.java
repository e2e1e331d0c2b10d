package affetto.baseline;

import java.io.Serializable;
import java.util.List;

/**
 * How to train baselines; each takes what is its own.
 *
 * @param l2 of the logistic regression: half of it times the squared length of all weights, on
 *     scaled features, is added to the rows' mean loss; 0 for none. Where there are several, the
 *     validation rows choose
 * @param iterations of L-BFGS at most, for the logistic regression
 * @param trees of the forest
 * @param depth of a tree at most, 1 to 30: a leaf lies so many questions below the root
 */
public record BaselineSpec(List<Double> l2, int iterations, int trees, int depth)
    implements Serializable {

  /** Of a training that is not of a baseline. */
  public static final BaselineSpec NONE = new BaselineSpec(List.of(), 0, 0, 0);

  public BaselineSpec {
    l2 = List.copyOf(l2);
  }

  /** The same with one strength of regularisation. */
  public BaselineSpec withL2(double one) {
    return new BaselineSpec(List.of(one), iterations, trees, depth);
  }
}
