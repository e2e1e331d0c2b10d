package affetto.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The models that are asked. */
final class ModelsOption {

  @Option(
      names = "--model",
      required = true,
      split = ",",
      paramLabel = "NAME[:VERSION]",
      description = {
        "A model; its newest version if none is given. Several, parted by commas, are asked"
            + " together: the mean of their posteriors counts."
      })
  private List<String> models;

  /** As the user named them, at least one. */
  List<String> references() {
    return models;
  }
}
