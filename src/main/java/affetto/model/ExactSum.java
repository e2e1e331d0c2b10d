package affetto.model;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A sum of doubles without any rounding, so that the order of the terms cannot matter: partitions
 * may be summed apart and put together in any order.
 *
 * @see <a href="https://doi.org/10.1007/PL00009321">Shewchuk 1997, Adaptive precision
 *     floating-point arithmetic</a>: the sum is kept as doubles that do not overlap
 */
final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1L;

  private double[] partials = new double[4];
  private int used;

  /** Adds a finite number. */
  void add(double term) {
    double x = term;
    int kept = 0;
    for (int i = 0; i < used; i++) {
      double y = partials[i];
      if (Math.abs(x) < Math.abs(y)) {
        double swapped = x;
        x = y;
        y = swapped;
      }
      double high = x + y;
      double low = y - (high - x);
      if (low != 0) {
        partials[kept++] = low;
      }
      x = high;
    }
    if (kept == partials.length) {
      partials = Arrays.copyOf(partials, 2 * kept);
    }
    partials[kept++] = x;
    used = kept;
  }

  void add(ExactSum other) {
    for (int i = 0; i < other.used; i++) {
      add(other.partials[i]);
    }
  }

  /** The sum, exact. */
  BigDecimal value() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < used; i++) {
      sum = sum.add(new BigDecimal(partials[i]));
    }
    return sum;
  }
}
