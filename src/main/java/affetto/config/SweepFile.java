package affetto.config;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Chain;
import affetto.augment.Clean;
import affetto.augment.PitchShift;
import affetto.augment.TimeStretch;
import affetto.fault.BadInputException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoubleFunction;

/**
 * A sweep's augmentations as {@code conf/sweep-recipe.conf} explains them: a list of entries, where
 * a parameter that is itself a list makes an entry for each of its values.
 */
final class SweepFile {

  private static final String KEY = "augmentations";
  private static final int MOST = 10_000;

  /** Augmentations with one number, by type: the number's name, and how to make one. */
  private static final Map<String, Kind> KINDS =
      Map.of(
          "noise", new Kind("amplitude", AddNoise::new),
          "time-stretch", new Kind("rate", TimeStretch::new),
          "pitch-shift", new Kind("semitones", PitchShift::new));

  private record Kind(String parameter, DoubleFunction<Augmentation> maker) {}

  private SweepFile() {}

  /**
   * Reads a sweep.
   *
   * @return in the order of the file, grids spread with their last list fastest; ids distinct
   * @throws BadInputException if something is missing, unknown, out of range or there twice; the
   *     message names file, line and value
   */
  static List<Augmentation> read(Path file) {
    Config config = Settings.parse(file);
    for (String key : new TreeSet<>(config.root().keySet())) {
      if (!key.equals(KEY)) {
        throw unknown(config.root().get(key), key, List.of(KEY));
      }
    }
    if (!(config.root().get(KEY) instanceof ConfigList entries) || entries.isEmpty()) {
      throw new BadInputException("%s: wants %s = [ ... ], not empty".formatted(file, KEY));
    }
    List<Augmentation> all = new ArrayList<>();
    Map<String, ConfigOrigin> seen = new HashMap<>();
    for (ConfigValue entry : entries) {
      for (Augmentation augmentation : spread(entry)) {
        ConfigOrigin earlier = seen.putIfAbsent(augmentation.id(), entry.origin());
        if (earlier != null) {
          throw wrong(
              entry, augmentation.id() + " is there already, from " + Values.place(earlier));
        }
        all.add(augmentation);
      }
    }
    return List.copyOf(all);
  }

  /** One entry as one augmentation, or as many as its lists make. */
  private static List<Augmentation> spread(ConfigValue value) {
    if (!(value instanceof ConfigObject entry)) {
      throw wrong(value, "wants { type = ... }, not " + value.unwrapped());
    }
    ConfigValue typeValue = entry.get("type");
    if (typeValue == null) {
      throw wrong(entry, "type is missing; one of " + types());
    }
    String type = String.valueOf(typeValue.unwrapped());
    return switch (type) {
      case "clean" -> {
        onlyKeys(entry, List.of("type"));
        yield List.of(new Clean());
      }
      case "chain" -> chains(entry);
      default -> {
        Kind kind = KINDS.get(type);
        if (kind == null) {
          throw wrong(
              typeValue, "type = %s is none of %s".formatted(type, String.join(", ", types())));
        }
        yield made(entry, kind);
      }
    };
  }

  private static List<Augmentation> made(ConfigObject entry, Kind kind) {
    onlyKeys(entry, List.of("type", kind.parameter()));
    ConfigValue parameter = entry.get(kind.parameter());
    if (parameter == null) {
      throw wrong(entry, kind.parameter() + " is missing");
    }
    List<ConfigValue> numbers =
        parameter instanceof ConfigList list ? List.copyOf(list) : List.of(parameter);
    if (numbers.isEmpty()) {
      throw wrong(parameter, kind.parameter() + " = [] holds no value");
    }
    return numbers.stream().map(number -> make(number, kind)).toList();
  }

  private static Augmentation make(ConfigValue value, Kind kind) {
    if (!(value.unwrapped() instanceof Number number)) {
      throw wrong(value, "%s = %s is not a number".formatted(kind.parameter(), value.unwrapped()));
    }
    try {
      return kind.maker().apply(number.doubleValue());
    } catch (BadInputException | IllegalArgumentException e) {
      throw wrong(value, e.getMessage());
    }
  }

  private static List<Augmentation> chains(ConfigObject entry) {
    onlyKeys(entry, List.of("type", "steps"));
    if (!(entry.get("steps") instanceof ConfigList steps) || steps.isEmpty()) {
      throw wrong(entry, "a chain wants steps = [ ... ], not empty");
    }
    List<List<Augmentation>> grid = List.of(List.of());
    for (ConfigValue step : steps) {
      List<Augmentation> choices = spread(step);
      if ((long) grid.size() * choices.size() > MOST) {
        throw wrong(entry, "makes more than %d rows for each recording".formatted(MOST));
      }
      List<List<Augmentation>> longer = new ArrayList<>();
      for (List<Augmentation> begun : grid) {
        for (Augmentation choice : choices) {
          List<Augmentation> chain = new ArrayList<>(begun);
          chain.add(choice);
          longer.add(chain);
        }
      }
      grid = longer;
    }
    return grid.stream().<Augmentation>map(Chain::new).toList();
  }

  private static void onlyKeys(ConfigObject entry, List<String> known) {
    for (String key : new TreeSet<>(entry.keySet())) {
      if (!known.contains(key)) {
        throw unknown(entry.get(key), key, known);
      }
    }
  }

  private static List<String> types() {
    TreeSet<String> types = new TreeSet<>(KINDS.keySet());
    types.addAll(List.of("chain", "clean"));
    return List.copyOf(types);
  }

  private static BadInputException unknown(ConfigValue value, String key, List<String> known) {
    return wrong(
        value, "unknown key %s; the nearest is %s".formatted(key, Keys.nearest(key, known)));
  }

  private static BadInputException wrong(ConfigValue value, String complaint) {
    return new BadInputException(
        Values.oneLine("%s: %s".formatted(Values.place(value.origin()), complaint)));
  }
}
