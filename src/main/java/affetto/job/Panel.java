package affetto.job;

import affetto.corpus.Emotion;
import affetto.corpus.EmotionScheme;
import affetto.fault.BadInputException;
import affetto.store.ModelManifest;
import affetto.store.ModelStore;
import affetto.store.StoredModel;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * The models that are asked: one, or several whose posteriors are averaged. They may want features
 * of different sets, as long as they know the same classes.
 *
 * @param models in the order of their naming, at least one
 */
record Panel(List<StoredModel> models) {

  /** What stands for the version of several models. */
  private static final int SEVERAL = 0;

  Panel {
    models = List.copyOf(models);
  }

  /**
   * Opens models.
   *
   * @param references each {@code NAME} or {@code NAME:VERSION}
   * @throws BadInputException if one of them isn't there or is named twice, if they do not know the
   *     same classes, or if this release computes a model's features in another way
   */
  static Panel open(String store, List<String> references, Configuration hadoop) {
    ModelStore models = new ModelStore(store, hadoop);
    Panel panel = new Panel(references.stream().map(models::open).toList());
    ModelManifest first = panel.manifests().get(0);
    for (ModelManifest manifest : panel.manifests()) {
      ShippedModel.featureSet(manifest);
      if (!manifest.scheme().equals(first.scheme())
          || !manifest.classes().equals(first.classes())) {
        throw new BadInputException(
            "model %s knows the classes %s (%s), but %s knows %s (%s): they cannot be asked together"
                .formatted(
                    first.reference(),
                    String.join(", ", first.classes()),
                    first.scheme(),
                    manifest.reference(),
                    String.join(", ", manifest.classes()),
                    manifest.scheme()));
      }
    }
    List<String> opened = panel.each(ModelManifest::reference);
    if (opened.stream().distinct().count() < opened.size()) {
      throw new BadInputException(
          "models %s: one of them is named twice".formatted(String.join(", ", opened)));
    }
    return panel;
  }

  List<ModelManifest> manifests() {
    return models.stream().map(StoredModel::manifest).toList();
  }

  private List<String> each(Function<ModelManifest, String> what) {
    return manifests().stream().map(what).toList();
  }

  private boolean single() {
    return models.size() == 1;
  }

  /** The name in tables: the model's, or {@code NAME.VERSION} of each, joined by a plus. */
  String name() {
    return single()
        ? manifests().get(0).name()
        : manifests().stream()
            .map(manifest -> manifest.name() + "." + manifest.version())
            .collect(Collectors.joining("+"));
  }

  /** The version in tables: the model's, or 0. */
  int version() {
    return single() ? manifests().get(0).version() : SEVERAL;
  }

  /** For people: {@code NAME:VERSION} of each. */
  String reference() {
    return String.join(" + ", each(ModelManifest::reference));
  }

  /** Ids of the feature sets, each once. */
  String featureSets() {
    return manifests().stream()
        .map(manifest -> manifest.featureSet().id())
        .distinct()
        .collect(Collectors.joining("+"));
  }

  /** Ids of the networks. */
  String networks() {
    return String.join("+", each(manifest -> manifest.network().id()));
  }

  /** In the order of the posteriors. */
  List<Emotion> classes() {
    return manifests().get(0).classes().stream().map(Emotion::ofLabel).toList();
  }

  EmotionScheme scheme() {
    String id = manifests().get(0).scheme();
    return Arrays.stream(EmotionScheme.values())
        .filter(scheme -> scheme.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no scheme " + id));
  }
}
