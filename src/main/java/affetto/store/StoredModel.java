package affetto.store;

import affetto.corpus.Emotion;
import affetto.fault.BadInputException;
import affetto.model.Classifier;
import affetto.model.EmotionNetwork;
import affetto.model.FeatureScaler;
import affetto.model.TrainedModel;
import java.io.IOException;
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
    List<Emotion> classes = manifest.classes().stream().map(Emotion::ofLabel).toList();
    try {
      return new TrainedModel(
          reader.read(folder),
          StoreJson.read(file(SCALER), FeatureScaler.class),
          classes,
          manifest.featureSet().id(),
          manifest.featureSet().version());
    } catch (IOException | RuntimeException e) {
      throw new BadInputException(
          "model %s cannot be loaded: %s".formatted(manifest.reference(), e.getMessage()), e);
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
