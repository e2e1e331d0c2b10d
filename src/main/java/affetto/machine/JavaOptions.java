package affetto.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM's options, as {@code spark.executor.extraJavaOptions} holds them.
 *
 * @param words one option each, with the quotes that they came with
 */
record JavaOptions(List<String> words) {

  /** Blanks divide, but not within quotes. */
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

  JavaOptions {
    words = List.copyOf(words);
  }

  static JavaOptions of(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(word.group());
    }
    return new JavaOptions(words);
  }

  /** The value of {@code -Dname=value}, whatever the case of the name; of several the last. */
  Optional<String> property(String name) {
    return words.stream()
        .filter(word -> sets(word, name))
        .map(word -> word.substring(word.indexOf('=') + 1).replaceAll("[\"']", ""))
        .reduce((first, last) -> last);
  }

  private static boolean sets(String word, String name) {
    String option = "-d" + name.toLowerCase(Locale.ROOT) + "=";
    return word.replaceAll("^[\"']", "").toLowerCase(Locale.ROOT).startsWith(option);
  }

  /** These options with others for some properties. */
  JavaOptions with(Map<String, String> properties) {
    List<String> changed = new ArrayList<>(words);
    properties.forEach(
        (name, value) -> {
          changed.removeIf(word -> sets(word, name));
          changed.add("-D%s=%s".formatted(name, value));
        });
    return new JavaOptions(changed);
  }

  /** As a setting takes them. */
  String line() {
    return String.join(" ", words);
  }
}
