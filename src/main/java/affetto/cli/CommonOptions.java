package affetto.cli;

import affetto.config.Settings;
import affetto.config.Specs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "Settings that differ from the defaults (HOCON); may be given repeatedly.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over those of the files; may be given repeatedly.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Option(names = "--debug", description = "Print the stack trace of what went wrong.")
  @SuppressWarnings("UnusedVariable") // what failed before any command ran must know it, too
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  @SuppressWarnings("UnusedVariable") // picocli's own
  private boolean help;

  /** The settings without any of the command's own options. */
  Specs specs() {
    return specs(Map.of());
  }

  /**
   * The settings under a command's own options.
   *
   * @param options dotted keys and values; those without a value count as not given
   */
  Specs specs(Map<String, ?> options) {
    Settings settings = Settings.defaults().with(files).with("--set", values);
    for (Map.Entry<String, ?> option : options.entrySet()) {
      if (option.getValue() != null) {
        String name = option.getKey().substring(option.getKey().lastIndexOf('.') + 1);
        settings =
            settings.with("--" + name, Map.of(option.getKey(), String.valueOf(option.getValue())));
      }
    }
    return settings.specs();
  }
}
