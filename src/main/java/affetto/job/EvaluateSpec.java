package affetto.job;

import java.io.Serializable;

/**
 * Which model to evaluate on the rows its own protocol and fold hold out.
 *
 * @param warehouse holds the features, and receives {@code predictions} and {@code metrics}
 * @param store a model store
 * @param model {@code NAME} (its newest version) or {@code NAME:VERSION}
 */
public record EvaluateSpec(String warehouse, String store, String model) implements Serializable {}
