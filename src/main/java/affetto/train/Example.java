package affetto.train;

import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import affetto.table.FeatureRow;
import java.io.Serializable;

/**
 * A row as a network takes it.
 *
 * @param clip unique among the rows; it decides the row's place before shuffling
 * @param label index of the class, from 0
 * @param values scaled, shape [frames x bands] of the network's input
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: copies would dominate
public record Example(String clip, int label, float[] values) implements Serializable {

  /** Centres, scales and fits a row's features. */
  public static Example of(FeatureRow row, int label, InputSpec input, FeatureScaler scaler) {
    return new Example(row.clip(), label, input.fit(scaler.scale(input.centre(row.features()))));
  }
}
