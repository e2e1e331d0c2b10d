package affetto.feature;

import affetto.fault.BadInputException;
import java.util.List;
import java.util.stream.Collectors;

/** The feature sets there are. */
public final class FeatureSets {
  private static final List<FeatureSet> ALL =
      List.of(new RecipeSet(), new LogMelSet(), new ProsodySet());

  private FeatureSets() {}

  /** All feature sets, in stable order. */
  public static List<FeatureSet> all() {
    return ALL;
  }

  /**
   * Finds a feature set.
   *
   * @param id {@code recipe-162}, {@code logmel-64} or {@code prosody}
   * @throws BadInputException if there is none of that id
   */
  public static FeatureSet named(String id) {
    return ALL.stream()
        .filter(set -> set.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "there is no feature set '%s'; there are %s"
                        .formatted(
                            id,
                            ALL.stream().map(FeatureSet::id).collect(Collectors.joining(", ")))));
  }
}
