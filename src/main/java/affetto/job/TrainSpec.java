package affetto.job;

import affetto.baseline.BaselineSpec;
import affetto.corpus.EmotionScheme;
import affetto.train.EngineKind;
import affetto.train.TrainingSpec;
import java.io.Serializable;

/**
 * What to train, on what, and where to publish it.
 *
 * @param warehouse holds the features
 * @param store receives the model
 * @param name the model's name in the store
 * @param featureSet id of a feature set that the warehouse holds
 * @param network id of a network: {@code recipe-cnn}, {@code logmel-attention}, {@code
 *     logmel-levels}, {@code prosody-mlp}; or of a baseline: {@code mllib-logistic}, {@code
 *     mllib-forest}
 * @param protocol id of a protocol: {@code strict}, {@code speaker}, {@code utterance}, ...
 * @param folds number of folds where the protocol lets the user choose (speaker, utterance, recipe)
 * @param fold from 1
 * @param emoboxFolds folder with EmoBox's fold files, empty unless the protocol is {@code emobox}
 * @param scheme which classes
 * @param validationShare share of each corpus's training speakers kept for validation, 0 for none
 * @param dropDuplicates whether all but one utterance of a duplicated recording stay out, and all
 *     of it where its labels conflict
 * @param dropSilent whether utterances without any sound stay out
 * @param training how to train a network; of a baseline, class weights and seed
 * @param baseline how to train a baseline; none in settings recorded before there were any
 * @param safety what keeps it safe; the defaults in settings recorded before there were any
 */
public record TrainSpec(
    String warehouse,
    String store,
    String name,
    String featureSet,
    String network,
    String protocol,
    int folds,
    int fold,
    String emoboxFolds,
    EmotionScheme scheme,
    double validationShare,
    boolean dropDuplicates,
    boolean dropSilent,
    TrainingSpec training,
    BaselineSpec baseline,
    SafetySpec safety)
    implements Serializable {

  public TrainSpec {
    baseline = baseline == null ? BaselineSpec.NONE : baseline;
    safety = safety == null ? SafetySpec.DEFAULT : safety;
  }

  /** The same settings over another warehouse. */
  TrainSpec in(String other) {
    return with(other, store, name, featureSet, fold, training, safety);
  }

  /** The same settings over other features of the same clips. */
  TrainSpec over(String features) {
    return with(warehouse, store, name, features, fold, training, safety);
  }

  /** The same settings for another fold and seed. */
  TrainSpec at(int otherFold, long seed) {
    return with(warehouse, store, name, featureSet, otherFold, training.from(seed), safety);
  }

  /** The same settings for a model of another name. */
  TrainSpec named(String otherName) {
    return with(warehouse, store, otherName, featureSet, fold, training, safety);
  }

  /** Without what no number of the model depends on, but for the model that it was to beat. */
  TrainSpec bare() {
    SafetySpec bare = new SafetySpec(safety.clipNorm(), 0, 0, safety.mustBeat());
    return with(warehouse, "", name, featureSet, fold, training.by(EngineKind.RESIDENT), bare);
  }

  private TrainSpec with(
      String otherWarehouse,
      String otherStore,
      String otherName,
      String otherFeatureSet,
      int otherFold,
      TrainingSpec otherTraining,
      SafetySpec otherSafety) {
    return new TrainSpec(
        otherWarehouse,
        otherStore,
        otherName,
        otherFeatureSet,
        network,
        protocol,
        folds,
        otherFold,
        emoboxFolds,
        scheme,
        validationShare,
        dropDuplicates,
        dropSilent,
        otherTraining,
        baseline,
        otherSafety);
  }
}
