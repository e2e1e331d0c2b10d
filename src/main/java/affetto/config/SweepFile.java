package affetto.config;

import affetto.augment.Augmentation;
import affetto.augment.Chain;
import affetto.config.AugmentationKind.Arguments;
import affetto.config.AugmentationKind.Form;
import affetto.config.AugmentationKind.Parameter;
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
import java.util.stream.Stream;

/**
 * A sweep's augmentations as {@code conf/sweep-recipe.conf} explains them: a list of entries, where
 * parameters that are themselves lists make an entry for each combination of their values.
 */
final class SweepFile {

  private static final String KEY = "augmentations";
  private static final String TYPE = "type";
  private static final String CHAIN = "chain";
  private static final String STEPS = "steps";
  private static final int MOST = 10_000;

  private SweepFile() {}

  /**
   * Reads a sweep.
   *
   * @return in the order of the file, grids spread with their last list fastest; ids distinct.
   *     Noise from folders is a {@link affetto.augment.FolderNoise}: nothing is read here
   * @throws BadInputException if something is missing, unknown, out of range or there twice; the
   *     message names file, line and value
   */
  static List<Augmentation> read(Path file) {
    Config config = Settings.parse(file);
    onlyKeys(config.root(), List.of(KEY));
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
      if (all.size() > MOST) {
        throw wrong(
            entry, "with it there are more than %d rows for each recording".formatted(MOST));
      }
    }
    return List.copyOf(all);
  }

  /** One entry as one augmentation, or as many as its lists make. */
  private static List<Augmentation> spread(ConfigValue value) {
    if (!(value instanceof ConfigObject entry)) {
      throw wrong(value, "wants { type = ... }, not " + value.unwrapped());
    }
    ConfigValue typeValue = entry.get(TYPE);
    if (typeValue == null) {
      throw wrong(entry, "type is missing; one of " + types());
    }
    String type = String.valueOf(typeValue.unwrapped());
    if (type.equals(CHAIN)) {
      return chains(entry);
    }
    AugmentationKind kind = AugmentationKind.BY_TYPE.get(type);
    if (kind == null) {
      throw wrong(typeValue, "type = %s is none of %s".formatted(type, types()));
    }
    return made(entry, kind);
  }

  private static List<Augmentation> made(ConfigObject entry, AugmentationKind kind) {
    List<String> names = kind.parameters().stream().map(Parameter::name).toList();
    onlyKeys(entry, Stream.concat(Stream.of(TYPE), names.stream()).toList());
    List<List<Object>> choices =
        kind.parameters().stream().map(parameter -> choices(entry, parameter)).toList();
    List<Augmentation> made = new ArrayList<>();
    for (List<Object> values : grid(entry, choices)) {
      Map<String, Object> arguments = new HashMap<>();
      for (int i = 0; i < values.size(); i++) {
        arguments.put(names.get(i), values.get(i));
      }
      try {
        made.add(kind.maker().apply(new Arguments(arguments)));
      } catch (BadInputException e) {
        throw wrong(entry, e.getMessage());
      }
    }
    return made;
  }

  /** The values of a parameter: one, or those of a list. */
  private static List<Object> choices(ConfigObject entry, Parameter parameter) {
    String name = parameter.name();
    ConfigValue given = entry.get(name);
    if (given == null && parameter.form() == Form.FLAG) {
      return List.of(false);
    }
    if (given == null) {
      throw wrong(entry, name + " is missing");
    }
    List<ConfigValue> values =
        given instanceof ConfigList list ? List.copyOf(list) : List.of(given);
    if (values.isEmpty()) {
      throw wrong(given, name + " = [] holds no value");
    }
    for (ConfigValue value : values) {
      if (!parameter.form().fits(value.unwrapped())) {
        throw wrong(
            value,
            "%s = %s is not %s".formatted(name, value.unwrapped(), parameter.form().wanted()));
      }
    }
    return values.stream().map(ConfigValue::unwrapped).toList();
  }

  private static List<Augmentation> chains(ConfigObject entry) {
    onlyKeys(entry, List.of(TYPE, STEPS));
    if (!(entry.get(STEPS) instanceof ConfigList steps) || steps.isEmpty()) {
      throw wrong(entry, "a chain wants steps = [ ... ], not empty");
    }
    List<Augmentation> chains = new ArrayList<>();
    for (List<Augmentation> chain : grid(entry, steps.stream().map(SweepFile::spread).toList())) {
      try {
        chains.add(new Chain(chain));
      } catch (BadInputException e) {
        throw wrong(entry, e.getMessage());
      }
    }
    return chains;
  }

  /** Every way to take one of each list, the last list fastest. */
  private static <T> List<List<T>> grid(ConfigObject entry, List<List<T>> lists) {
    List<List<T>> grid = List.of(List.of());
    for (List<T> choices : lists) {
      if ((long) grid.size() * choices.size() > MOST) {
        throw wrong(entry, "makes more than %d rows for each recording".formatted(MOST));
      }
      List<List<T>> longer = new ArrayList<>();
      for (List<T> begun : grid) {
        for (T choice : choices) {
          List<T> row = new ArrayList<>(begun);
          row.add(choice);
          longer.add(row);
        }
      }
      grid = longer;
    }
    return grid;
  }

  private static void onlyKeys(ConfigObject entry, List<String> known) {
    for (String key : new TreeSet<>(entry.keySet())) {
      if (!known.contains(key)) {
        throw wrong(
            entry.get(key),
            "unknown key %s; the nearest is %s".formatted(key, Keys.nearest(key, known)));
      }
    }
  }

  private static String types() {
    TreeSet<String> types = new TreeSet<>(AugmentationKind.BY_TYPE.keySet());
    types.add(CHAIN);
    return String.join(", ", types);
  }

  private static BadInputException wrong(ConfigValue value, String complaint) {
    return new BadInputException(
        Values.oneLine("%s: %s".formatted(Values.place(value.origin()), complaint)));
  }
}
