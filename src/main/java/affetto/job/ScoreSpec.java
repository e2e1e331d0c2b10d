package affetto.job;

import java.io.Serializable;
import java.util.List;

/**
 * What to score.
 *
 * @param store a model store
 * @param models each {@code NAME} (its newest version) or {@code NAME:VERSION}; several are asked
 *     together
 * @param input one file, a folder (searched through) or a glob; a plain path or a URI
 * @param out folder for the Parquet table of posteriors
 */
public record ScoreSpec(
    String store, List<String> models, String input, String out, long maxFileBytes)
    implements Serializable {

  public ScoreSpec {
    models = List.copyOf(models);
  }

  /** By one model. */
  public ScoreSpec(String store, String model, String input, String out, long maxFileBytes) {
    this(store, List.of(model), input, out, maxFileBytes);
  }
}
