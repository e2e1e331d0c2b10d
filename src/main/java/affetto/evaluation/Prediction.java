package affetto.evaluation;

import affetto.corpus.Emotion;
import java.io.Serializable;

/**
 * What a model says of a test row.
 *
 * @param clip the clip's id
 * @param key what the split looked at
 * @param truth the class of the row's label under the model's scheme
 * @param predicted the class with the largest posterior
 * @param posterior by class, in the model's order, sums to 1
 */
@SuppressWarnings("ArrayRecordComponent") // a row on its way to a table
public record Prediction(
    String clip, RowKey key, Emotion truth, Emotion predicted, double[] posterior)
    implements Serializable {}
