package affetto.model;

import java.io.IOException;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonToken;

/**
 * The classes that a network's JSON may name.
 *
 * <p>Deeplearning4j loads and initialises whatever class stands there, and makes an object of it if
 * it is of the right kind. A name may stand under {@code @class} or at the head of a list, so no
 * text with a dot in it is let through that is not the name of one of these.
 */
final class KnownLayers {

  /** Of the JSON; a network's own is six deep. */
  private static final int DEEPEST = 32;

  private static final String CLASS = "@class";

  private static final Set<String> NAMES =
      Set.of(
          "affetto.model.AttentiveStatistics",
          "affetto.model.ConvBlock",
          "affetto.model.DenseBlock",
          "affetto.model.EmotionLoss",
          "affetto.model.SeededDropout",
          "org.deeplearning4j.nn.conf.graph.LayerVertex",
          "org.deeplearning4j.nn.conf.graph.MergeVertex",
          "org.deeplearning4j.nn.conf.layers.DenseLayer",
          "org.deeplearning4j.nn.conf.layers.DropoutLayer",
          "org.deeplearning4j.nn.conf.layers.OutputLayer",
          "org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor",
          "org.deeplearning4j.nn.weights.WeightInitXavierUniform",
          "org.nd4j.linalg.activations.impl.ActivationReLU",
          "org.nd4j.linalg.activations.impl.ActivationSigmoid",
          "org.nd4j.linalg.activations.impl.ActivationSoftmax",
          "org.nd4j.linalg.learning.config.Adam",
          "org.nd4j.linalg.learning.config.Sgd",
          "org.nd4j.linalg.learning.regularization.WeightDecay",
          "org.nd4j.linalg.schedule.FixedSchedule");

  private KnownLayers() {}

  /**
   * Looks at every name in a network's JSON, as the parser of Deeplearning4j reads it.
   *
   * @throws IOException if one is not among those known, or it is no JSON
   */
  static void check(String json) throws IOException {
    try (JsonParser parser = NeuralNetConfiguration.mapper().getFactory().createParser(json)) {
      int depth = 0;
      boolean ofClass = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > DEEPEST) {
          throw new IOException("the layers' JSON is more than %d deep".formatted(DEEPEST));
        }
        if (token == JsonToken.FIELD_NAME) {
          ofClass = parser.getText().equals(CLASS);
          continue;
        }
        if (token == JsonToken.VALUE_STRING) {
          checkText(parser.getText(), ofClass);
        } else if (ofClass && token != JsonToken.VALUE_NULL) {
          throw new IOException("a class in the layers' JSON has no name");
        }
        ofClass = false;
      }
    }
  }

  private static void checkText(String text, boolean ofClass) throws IOException {
    boolean plain = !ofClass && text.matches("[A-Za-z0-9_ -]{0,64}");
    if (!plain && !NAMES.contains(text)) {
      String shown = text.substring(0, Math.min(100, text.length()));
      throw new IOException(
          "the layers name %s, which is none of a network's classes"
              .formatted(shown.replaceAll("[^ -~]", "?")));
    }
  }
}
