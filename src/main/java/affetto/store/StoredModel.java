package affetto.store;

import affetto.corpus.Emotion;
import affetto.fault.BadInputException;
import affetto.model.Classifier;
import affetto.model.EmotionNetwork;
import affetto.model.FeatureScaler;
import affetto.model.InputSpec;
import affetto.model.TrainedModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A version that was opened: its files are those that were published.
 *
 * @param manifest where it comes from
 * @param folder URI of the version's folder
 * @param files bytes by name of the files in the folder itself: {@code scaler.json}, and {@code
 *     network.zip} of a network. What lies below it, its classifier reads
 */
public record StoredModel(ModelManifest manifest, String folder, Map<String, byte[]> files) {
  static final String SCALER = "scaler.json";

  /** Reads what another than the store knows to read. */
  @FunctionalInterface
  public interface ClassifierReader {
    /**
     * Reads a classifier.
     *
     * @param folder URI of the version's folder, whose files have been checked
     * @throws IOException if it is not there, or not in a form that the reader knows
     */
    Classifier read(String folder) throws IOException;
  }

  /**
   * Builds the model of a network; each call makes one of its own.
   *
   * @throws BadInputException if the files are not a model that this version of Affetto knows
   */
  public TrainedModel model() {
    return model(uri -> EmotionNetwork.read(file(EmotionNetwork.FILE), manifest.network().input()));
  }

  /**
   * Builds the model of any classifier.
   *
   * @throws BadInputException if the files are not a model that this version of Affetto knows
   */
  public TrainedModel model(ClassifierReader reader) {
    try {
      List<Emotion> classes = manifest.classes().stream().map(Emotion::ofLabel).toList();
      FeatureScaler scaler = StoreJson.read(file(SCALER), FeatureScaler.class);
      Classifier classifier = reader.read(folder);
      tryOut(classifier, scaler, classes.size());
      return new TrainedModel(
          classifier, scaler, classes, manifest.featureSet().id(), manifest.featureSet().version());
    } catch (IOException | RuntimeException e) {
      throw new BadInputException(
          "model %s cannot be loaded: %s".formatted(manifest.reference(), e.getMessage()), e);
    }
  }

  /** Parts that do not fit each other show here, and not in a task among many clips. */
  private static void tryOut(Classifier classifier, FeatureScaler scaler, int classes)
      throws IOException {
    InputSpec input = classifier.input();
    int wanted = input.head() + input.bands();
    if (scaler.mean().size() != wanted) {
      throw new IOException(
          "its scaler has %d features, its input %d".formatted(scaler.mean().size(), wanted));
    }
    double[] posterior = classifier.posteriors(List.of(new float[input.size()]))[0];
    if (posterior.length != classes || !Arrays.stream(posterior).allMatch(Double::isFinite)) {
      throw new IOException(
          "of silence it says %s, where %d probabilities should stand"
              .formatted(Arrays.toString(posterior), classes));
    }
  }

  private byte[] file(String name) throws IOException {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new IOException("it has no " + name);
    }
    return bytes;
  }
}
