package affetto.evaluation;

import java.io.Serializable;

/** One fold of a protocol: a pure function from row to role, cheap to ship to executors. */
public interface Split extends Serializable {

  Role roleOf(RowKey row);
}
