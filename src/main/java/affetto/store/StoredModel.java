package affetto.store;

import affetto.corpus.Emotion;
import affetto.fault.BadInputException;
import affetto.model.EmotionNetwork;
import affetto.model.FeatureScaler;
import affetto.model.TrainedModel;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * A version's files in memory: opened once by the driver, cheap to ship to executors.
 *
 * @param manifest where it comes from
 * @param network {@code network.zip}
 * @param scaler {@code scaler.json}
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never changed
public record StoredModel(ModelManifest manifest, byte[] network, byte[] scaler)
    implements Serializable {

  /**
   * Builds the model; each call makes one of its own.
   *
   * @throws BadInputException if the files are not a model that this version of Affetto knows
   */
  public TrainedModel model() {
    List<Emotion> classes = manifest.classes().stream().map(Emotion::ofLabel).toList();
    try {
      return new TrainedModel(
          EmotionNetwork.read(network, manifest.network().input()),
          StoreJson.read(scaler, FeatureScaler.class),
          classes,
          manifest.featureSet().id(),
          manifest.featureSet().version());
    } catch (IOException | RuntimeException e) {
      throw new BadInputException(
          "model %s cannot be loaded: %s".formatted(manifest.reference(), e.getMessage()), e);
    }
  }
}
