package affetto.feature;

import affetto.fault.BadInputException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The feature sets there are. */
public final class FeatureSets {
  /** Sets of one shape. */
  private static final List<FeatureSet> FIXED = List.of(new RecipeSet(), new ProsodySet());

  /** Sets whose number of bands and whose frames a user chooses. */
  private static final Pattern FRAMED = Pattern.compile("(logmel)-([0-9]{1,4})(.*)");

  private static final String KNOWN = "recipe-162, prosody, logmel-N";

  private FeatureSets() {}

  /** One of every kind, in stable order. */
  public static List<FeatureSet> examples() {
    return List.of(
        named("recipe-162"), named("prosody"), named("logmel-64"), named("logmel-40_norm"));
  }

  /**
   * Finds a feature set.
   *
   * @param id {@code recipe-162}, {@code prosody}, {@code logmel-64} or any other number of bands,
   *     with options as {@link FrameOptions} spells them
   * @throws BadInputException if there is none of that id, or its numbers are out of range
   */
  public static FeatureSet named(String id) {
    for (FeatureSet set : FIXED) {
      if (set.id().equals(id)) {
        return set;
      }
    }
    Matcher matcher = FRAMED.matcher(id);
    FrameOptions options = matcher.matches() ? FrameOptions.parse(matcher.group(3)) : null;
    if (options == null) {
      throw new BadInputException(
          "there is no feature set '%s'; there are %s".formatted(id, KNOWN));
    }
    return maker(matcher.group(1)).apply(Integer.parseInt(matcher.group(2)), options);
  }

  /**
   * A set's id with options, where the id leaves them open.
   *
   * @param id as a user names a set
   * @return the id itself if it has options already, or is of a set that has none
   */
  public static String withOptions(String id, FrameOptions options) {
    Matcher matcher = FRAMED.matcher(id);
    return matcher.matches() && matcher.group(3).isEmpty() ? id + options.suffix() : id;
  }

  private static BiFunction<Integer, FrameOptions, FeatureSet> maker(String name) {
    return switch (name) {
      case LogMelSet.NAME -> LogMelSet::new;
      default -> throw new IllegalArgumentException(name);
    };
  }
}
