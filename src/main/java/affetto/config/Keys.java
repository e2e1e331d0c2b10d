package affetto.config;

import affetto.fault.BadInputException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which keys there are, and which one a user may have meant. */
final class Keys {

  /** Of what is compared: what is longer is near to nothing. */
  private static final int LONGEST = 100;

  private Keys() {}

  /**
   * Refuses what the defaults do not know.
   *
   * @throws BadInputException for the first unknown key, in the order of the alphabet; names the
   *     key, where it stands, and the nearest known key
   */
  static void refuseUnknown(ConfigObject given, ConfigObject known) {
    Map<String, ConfigValue> leaves = leaves(known, "");
    visit(given, known, "", leaves.keySet());
  }

  private static void visit(
      ConfigObject given, ConfigObject known, String prefix, Collection<String> all) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(given).entrySet()) {
      String path = prefix + ConfigUtil.joinPath(entry.getKey());
      ConfigValue there = known.get(entry.getKey());
      if (there == null) {
        String wanted = firstLeaf(path, entry.getValue());
        throw new BadInputException(
            "%s: unknown key %s; the nearest is %s"
                .formatted(Values.place(entry.getValue().origin()), wanted, nearest(wanted, all)));
      }
      if (there instanceof ConfigObject inner) {
        if (!(entry.getValue() instanceof ConfigObject value)) {
          throw new BadInputException(
              "%s: %s is a group of keys, not a value"
                  .formatted(Values.place(entry.getValue().origin()), path));
        }
        visit(value, inner, path + ".", all);
      }
    }
  }

  /** Known keys are those of values, so a misspelt group is compared by one of its own. */
  private static String firstLeaf(String path, ConfigValue value) {
    return value instanceof ConfigObject group
        ? leaves(group, path + ".").keySet().stream().findFirst().orElse(path)
        : path;
  }

  /** Every key with a value, by its dotted path. */
  static Map<String, ConfigValue> leaves(ConfigObject object, String prefix) {
    Map<String, ConfigValue> leaves = new TreeMap<>();
    object.forEach(
        (key, value) -> {
          if (value instanceof ConfigObject inner) {
            leaves.putAll(leaves(inner, prefix + key + "."));
          } else {
            leaves.put(prefix + key, value);
          }
        });
    return leaves;
  }

  /** The word of the fewest edits away; the last part of a dotted key counts most. */
  static String nearest(String wanted, Collection<String> known) {
    String near = wanted.substring(0, Math.min(LONGEST, wanted.length()));
    List<String> sorted = new ArrayList<>(known);
    sorted.sort(
        Comparator.<String>comparingInt(
                word -> edits(near, word) + 2 * edits(lastPart(near), lastPart(word)))
            .thenComparing(Comparator.naturalOrder()));
    return sorted.get(0);
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Levenshtein's distance: insertions, deletions and replacements. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
