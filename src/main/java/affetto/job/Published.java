package affetto.job;

import affetto.model.NetworkSpec;
import affetto.model.Networks;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Finds in a store what a training that goes on would only publish again. */
final class Published {

  private Published() {}

  /**
   * The newest version with the same settings, network and layers, of the same recordings, features
   * and number of rows, that is good enough. How the store is spelt, the bar, how often states are
   * kept and which engine averages may differ: no number of a model depends on them. The user is
   * told of manifests that cannot be read, and they are passed over.
   */
  static Optional<ModelManifest> newest(
      ModelStore store, TrainSpec spec, Division division, NetworkSpec network, Progress progress) {
    String layers = Networks.fingerprint(network);
    return store.readable(spec.name(), line -> progress.say(line + "; it is passed over")).stream()
        .filter(manifest -> recorded(manifest).equals(Optional.of(spec.bare())))
        .filter(manifest -> manifest.network().equals(network))
        .filter(manifest -> manifest.layers().equals(layers))
        .filter(manifest -> manifest.corpora().equals(division.census().corpora()))
        .filter(manifest -> sum(manifest.rows()) == sum(division.census().rows()))
        .filter(manifest -> manifest.featureSet().version().equals(division.featureSet().version()))
        .filter(manifest -> PublishGate.reaches(spec.safety().minUar(), manifest.scores()))
        .max(Comparator.comparingInt(ModelManifest::version));
  }

  /**
   * The same, if it is younger than a state from which nothing was trained any more: whoever was
   * killed between publishing a model and removing its checkpoints.
   */
  static Optional<ModelManifest> since(
      Instant saved,
      ModelStore store,
      TrainSpec spec,
      Division division,
      Trained trained,
      Progress progress) {
    return newest(store, spec, division, trained.network(), progress)
        .filter(manifest -> Instant.parse(manifest.createdAt()).isAfter(saved));
  }

  /** Of all roles, for the fold may be another. */
  private static long sum(Map<String, Long> rows) {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Empty for a model of settings that are not ours any more. */
  private static Optional<TrainSpec> recorded(ModelManifest manifest) {
    try {
      return Optional.of(RecordedSettings.read(manifest.spec()).bare());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
