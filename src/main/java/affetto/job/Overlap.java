package affetto.job;

import affetto.evaluation.LeakCheck;
import affetto.evaluation.Protocol;
import affetto.evaluation.Role;
import affetto.evaluation.RowKey;
import affetto.fault.RefusedException;
import java.io.Serializable;

/**
 * What one model has learnt from of the rows that another is measured on. Fill one a partition,
 * then merge.
 */
final class Overlap implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LeakCheck leaks = new LeakCheck();
  private long measured;
  private long both;

  /**
   * Takes in one row.
   *
   * @param measures whether it is one to measure on
   * @param taught whether the model has learnt from it
   */
  Overlap add(RowKey row, boolean measures, boolean taught) {
    if (measures) {
      measured++;
      leaks.add(Role.TEST, row);
    }
    if (taught) {
      leaks.add(Role.TRAIN, row);
    }
    both += measures && taught ? 1 : 0;
    return this;
  }

  /** Adds what another has seen. */
  Overlap merge(Overlap other) {
    leaks.merge(other.leaks);
    measured += other.measured;
    both += other.both;
    return this;
  }

  /**
   * Holds the comparison to what the protocol promises for training and test.
   *
   * @throws RefusedException if the model has learnt from one of the rows, or from somebody whom
   *     the protocol wants unheard
   */
  void enforce(Protocol protocol) {
    if (both > 0) {
      throw new RefusedException("it has learnt from %d of the %d rows".formatted(both, measured));
    }
    leaks.report().enforce(protocol);
  }
}
