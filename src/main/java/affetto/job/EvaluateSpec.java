package affetto.job;

import java.io.Serializable;
import java.util.List;

/**
 * Which model to evaluate on the rows its own protocol and fold hold out, or which together.
 *
 * @param warehouse holds the features, and receives {@code predictions} and {@code metrics}
 * @param store a model store
 * @param models each {@code NAME} (its newest version) or {@code NAME:VERSION}
 */
public record EvaluateSpec(String warehouse, String store, List<String> models)
    implements Serializable {

  public EvaluateSpec {
    models = List.copyOf(models);
  }

  /** One model. */
  public EvaluateSpec(String warehouse, String store, String model) {
    this(warehouse, store, List.of(model));
  }
}
