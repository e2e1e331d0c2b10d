package affetto.job;

import affetto.corpus.Emotion;
import affetto.feature.FeatureSet;
import affetto.model.NetworkSpec;
import affetto.model.Networks;
import affetto.model.TrainedModel;
import affetto.store.ModelManifest;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * What a training made, of whatever kind it was.
 *
 * @param model with the parameters to publish
 * @param network what was trained
 * @param training how it went
 * @param remains what it has left in the store
 */
record Trained(
    TrainedModel model,
    NetworkSpec network,
    ModelManifest.TrainingEntry training,
    Remains remains) {

  /**
   * Where the model comes from.
   *
   * @param createdAt ISO 8601, UTC
   */
  ModelManifest manifest(
      SparkSession spark,
      TrainSpec spec,
      Division division,
      Map<String, ModelManifest.Score> scores,
      String createdAt) {
    FeatureSet features = division.featureSet();
    BuildFacts build = new BuildFacts();
    return new ModelManifest(
        spec.name(),
        0,
        createdAt,
        spec.scheme().classes().stream().map(Emotion::label).toList(),
        spec.scheme().id(),
        new ModelManifest.FeatureSetEntry(features.id(), features.version(), features.definition()),
        network,
        Networks.fingerprint(network),
        RecordedSettings.of(spec),
        division.census().corpora(),
        division.splitEntry(),
        division.census().rows(),
        scores,
        training,
        build.versions(spark),
        build.revision(),
        Map.of());
  }
}
