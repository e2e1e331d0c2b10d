package affetto.config;

import affetto.fault.BadInputException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads typed, range-checked values; every error names the place, the key and the value. */
final class Values {

  private static final Pattern LINE_END = Pattern.compile("\\R");
  private static final int MOST_CHARS = 2000;

  private final Config config;

  Values(Config config) {
    this.config = config;
  }

  int integer(String key, int least, int most) {
    return (int) whole(key, least, most);
  }

  long whole(String key, long least, long most) {
    long value = read(key, "a whole number", this::exactly);
    if (value < least || value > most) {
      throw wrong(key, "is not from %d to %d".formatted(least, most));
    }
    return value;
  }

  /** The library's own getLong cuts 2.5 down to 2. */
  private long exactly(String key) {
    return new BigDecimal(config.getString(key)).longValueExact();
  }

  /** A finite number in the closed range. */
  double real(String key, double least, double most) {
    double value = read(key, "a number", config::getDouble);
    if (!(value >= least && value <= most)) {
      throw wrong(key, "is not from %s to %s".formatted(least, most));
    }
    return value;
  }

  /** One finite number or several in the closed range: a list, or text with commas between them. */
  List<Double> reals(String key, double least, double most) {
    List<Double> all = read(key, "a number or a list of numbers", this::numbers);
    if (all.isEmpty()) {
      throw wrong(key, "is empty");
    }
    if (!all.stream().allMatch(value -> value >= least && value <= most)) {
      throw wrong(key, "is not from %s to %s".formatted(least, most));
    }
    return all;
  }

  private List<Double> numbers(String key) {
    if (config.getValue(key).valueType() == ConfigValueType.LIST) {
      return config.getDoubleList(key);
    }
    return Pattern.compile(",")
        .splitAsStream(config.getString(key))
        .map(String::strip)
        .map(Double::valueOf)
        .toList();
  }

  /** A number above zero, up to the limit. */
  double positive(String key, double most) {
    double value = read(key, "a number", config::getDouble);
    if (!(value > 0 && value <= most)) {
      throw wrong(key, "is not above 0 and at most %s".formatted(most));
    }
    return value;
  }

  /** Whether the value is left to the program. */
  boolean automatic(String key) {
    return text(key).equals("auto");
  }

  boolean flag(String key) {
    return read(key, "true or false", config::getBoolean);
  }

  String text(String key) {
    return read(key, "text", config::getString);
  }

  /** A number of bytes, written with or without a unit: {@code 64 MiB}. */
  long bytes(String key, long least, long most) {
    if (!text(key).matches("[0-9.]{1,20} *[A-Za-z]{0,20}")) {
      throw wrong(key, "is not a size such as 64 MiB"); // the library would compute 1e999999999
    }
    long value = read(key, "a size such as 64 MiB", config::getBytes);
    if (value < least || value > most) {
      throw wrong(key, "is not from %d to %d bytes".formatted(least, most));
    }
    return value;
  }

  /** One of some values, chosen by its id. */
  <T> T choice(String key, Collection<T> values, Function<T, String> id) {
    String wanted = text(key);
    return values.stream()
        .filter(value -> id.apply(value).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    key,
                    "is none of " + String.join(", ", values.stream().map(id).sorted().toList())));
  }

  /** An error about a key's value. */
  BadInputException wrong(String key, String complaint) {
    return new BadInputException(
        oneLine(
            "%s: %s = %s %s"
                .formatted(
                    place(config.getValue(key).origin()),
                    key,
                    config.getValue(key).unwrapped(),
                    complaint)));
  }

  private <T> T read(String key, String wanted, Function<String, T> reader) {
    try {
      return reader.apply(key);
    } catch (ConfigException.Null e) {
      throw new BadInputException(
          "%s: %s = null is not %s".formatted(place(e.origin()), key, wanted), e);
    } catch (ConfigException.WrongType
        | ConfigException.BadValue
        | ArithmeticException
        | NumberFormatException e) {
      throw wrong(key, "is not " + wanted);
    }
  }

  /** Where a value was written: {@code FILE:LINE}, or what the user gave it by. */
  static String place(ConfigOrigin origin) {
    if (origin == null) {
      return "configuration";
    }
    if (origin.filename() == null) {
      return origin.description();
    }
    return origin.lineNumber() > 0
        ? origin.filename() + ":" + origin.lineNumber()
        : origin.filename();
  }

  /** A message in one line, and no longer than a reader has patience for. */
  static String oneLine(String text) {
    String cut = text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) + "..." : text;
    return LINE_END
        .splitAsStream(cut)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
