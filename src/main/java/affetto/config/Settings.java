package affetto.config;

import affetto.fault.BadInputException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the defaults, the user's files, {@code --set} and a command's own options say together, each
 * overriding those before it.
 *
 * <p>Nobody reads a key from here but {@link Specs}, which turns the whole into typed records.
 */
public final class Settings {

  private static final String REFERENCE = "affetto/reference.conf";

  /** Of a file: a sweep's largest has a few thousand lines. */
  private static final long MOST_BYTES = 1 << 20;

  private final Config config;

  private Settings(Config config) {
    this.config = config;
  }

  /** The defaults alone. */
  public static Settings defaults() {
    return new Settings(reference());
  }

  /**
   * Reads a user's files, each overriding the one before it.
   *
   * @param files HOCON files that say what differs from the defaults
   * @return these settings under the files' ones
   * @throws BadInputException if a file cannot be read or parsed, or holds a key that the defaults
   *     do not; the message names the file, the line and the nearest key
   */
  public Settings with(List<Path> files) {
    Config all = config;
    for (Path file : files) {
      all = over(parse(file), all);
    }
    return new Settings(all);
  }

  /**
   * Overrides single keys.
   *
   * @param origin what the user gave them by, for messages: {@code --set}
   * @param values dotted keys and their values as text
   * @throws BadInputException if a key is unknown
   */
  public Settings with(String origin, Map<String, String> values) {
    try {
      // Groups that a dotted key opens have this origin too, so that a wrong one is told of by it.
      Config given = ConfigFactory.parseMap(values, origin);
      return new Settings(over(given, config));
    } catch (ConfigException.BadPath | ConfigException.BugOrBroken e) {
      throw new BadInputException(
          "%s: %s: %s".formatted(origin, values.keySet(), e.getMessage()), e);
    }
  }

  /** The typed view of everything. */
  public Specs specs() {
    return new Specs(new Values(config));
  }

  private static Config over(Config given, Config below) {
    Keys.refuseUnknown(given.root(), reference().root());
    return given.withFallback(below);
  }

  private static Config reference() {
    ConfigParseOptions strict = ConfigParseOptions.defaults().setAllowMissing(false);
    return ConfigFactory.parseResources(Settings.class.getClassLoader(), REFERENCE, strict);
  }

  /**
   * Parses a HOCON file, whatever its name ends with. Nothing but the file is read: {@code include}
   * and {@code ${...}}, which would bring in other files, URLs and the environment, are refused.
   */
  static Config parse(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new BadInputException("%s: no such file, or it cannot be read".formatted(file));
    }
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setAllowMissing(false)
            .setSyntax(ConfigSyntax.CONF)
            .setIncluder(new NoInclude());
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new BadInputException(
            "%s: more than the %d bytes that are read".formatted(file, MOST_BYTES));
      }
      Config config = ConfigFactory.parseFile(file.toFile(), options);
      if (!config.isResolved()) {
        throw new BadInputException(file + ": ${...} and += are not read; write the value itself");
      }
      return config;
    } catch (ConfigException e) {
      throw new BadInputException(Values.oneLine(file + ": " + e.getMessage()), e);
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    } catch (StackOverflowError e) {
      throw new BadInputException(file + ": nested too deeply", e);
    }
  }
}
