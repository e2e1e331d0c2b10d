package affetto.job;

import affetto.model.ClassWeights;
import affetto.model.FeatureScaler;
import affetto.model.NetworkSpec;
import affetto.model.Networks;
import affetto.train.ScheduleKind;
import affetto.train.TrainingSpec;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What makes two trainings one and the same, so that the second can go on where the first was
 * killed.
 *
 * @param fold which protocol, fold and seed: {@code strict-1_seed-42}
 * @param fixed what both must have in common, by name: settings, network, rows. A setting that is
 *     new here is among them until somebody has thought about it
 * @param free settings that may change when it goes on, by name
 */
record RunIdentity(String fold, SortedMap<String, String> fixed, SortedMap<String, String> free) {

  private static final Set<String> FREE =
      Set.of(
          "epochs",
          "learning-rate",
          "plateau-factor",
          "plateau-patience",
          "early-stopping-patience",
          "clip-norm",
          "averaging-engine");

  /** Where things lie, what is published, and how baselines are trained: no number of a network. */
  private static final Set<String> BESIDE =
      Set.of(
          "warehouse",
          "store",
          "name",
          "emobox-folds",
          "checkpoint-every",
          "min-uar",
          "must-beat",
          "l2",
          "iterations",
          "trees",
          "depth",
          "network.learning-rate",
          "network.clip-norm");

  private static final int SHORT = 8;
  private static final int FINGERPRINT = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Of a training whose rows have been surveyed.
   *
   * @param scaler as the training rows gave it: it tells of their every value
   * @param labels the weights of the classes, used or not: they tell of the training rows' labels
   */
  static RunIdentity of(
      TrainSpec spec,
      NetworkSpec network,
      Division division,
      FeatureScaler scaler,
      ClassWeights labels) {
    SortedMap<String, String> fixed = new TreeMap<>();
    SortedMap<String, String> free = new TreeMap<>();
    flatten("", RecordedSettings.of(spec), fixed);
    flatten("network.", JSON.convertValue(network, new TypeReference<>() {}), fixed);
    fixed.keySet().removeAll(BESIDE);
    for (String name : FREE) {
      free.put(name, fixed.remove(name));
    }
    if (spec.training().schedule() == ScheduleKind.ONE_CYCLE) {
      // Every epoch's learning rate depends on how many there are to be.
      fixed.put("epochs", free.remove("epochs"));
    }
    if (spec.training().perturbed()) {
      fixed.put("perturbation.version", TrainingSpec.PERTURBATION_VERSION + "");
    }
    fixed.put("network.layers", Networks.fingerprint(network).substring(0, FINGERPRINT));
    fixed.put("feature-set.version", division.featureSet().version());
    fixed.put("rows.features", fingerprint(scaler));
    fixed.put("rows.labels", fingerprint(labels));
    fixed.put("speakers", fingerprint(division.splitEntry().speakers()));
    division.census().rows().forEach((role, rows) -> fixed.put("rows." + role, rows.toString()));
    division
        .census()
        .corpora()
        .forEach(
            corpus ->
                fixed.put(
                    "corpus." + corpus.id(),
                    "%d utterances (%s)"
                        .formatted(
                            corpus.utterances(), corpus.fingerprint().substring(0, FINGERPRINT))));
    String fold = "%s-%d_seed-%d".formatted(spec.protocol(), spec.fold(), spec.training().seed());
    return new RunIdentity(fold, fixed, free);
  }

  /** The run's folder among the checkpoints: its fold in words, and a hash of all that is fixed. */
  String folder() {
    return fold + "_" + DigestUtils.sha256Hex(fixed.toString()).substring(0, SHORT);
  }

  /** What differs in a run that must be the same, in the order of the names; empty if nothing. */
  List<String> differences(Map<String, String> then) {
    return differences(then, fixed);
  }

  /** What has changed of that which may. */
  List<String> changes(Map<String, String> then) {
    return differences(then, free);
  }

  private static List<String> differences(Map<String, String> then, Map<String, String> now) {
    Set<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(then.get(name), now.get(name))) {
        differences.add(
            "%s was %s, is %s"
                .formatted(
                    name, then.getOrDefault(name, "nothing"), now.getOrDefault(name, "nothing")));
      }
    }
    return differences;
  }

  /** Settings by their names in the configuration, whatever group they stand in. */
  private static void flatten(
      String prefix, Map<String, Object> settings, Map<String, String> into) {
    settings.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> group) {
            flatten(prefix, JSON.convertValue(group, new TypeReference<>() {}), into);
          } else {
            into.put(prefix + kebab(name), String.valueOf(value));
          }
        });
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static String fingerprint(Object value) {
    return DigestUtils.sha256Hex(value.toString()).substring(0, FINGERPRINT);
  }
}
