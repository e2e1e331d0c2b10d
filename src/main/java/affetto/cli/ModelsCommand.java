package affetto.cli;

import affetto.job.ModelsJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code affetto models}. */
@Command(
    name = "models",
    sortOptions = false,
    description = "Looks into a model store.",
    synopsisSubcommandLabel = "(list | show)",
    subcommands = {ModelsCommand.ListCommand.class, ModelsCommand.ShowCommand.class},
    footer = {
      "",
      "Example:",
      "  submit/affetto models list --store /data/store",
    })
final class ModelsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  @SuppressWarnings("UnusedVariable") // picocli's own
  private boolean help;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list or show?");
  }

  /** {@code affetto models list}. */
  @Command(
      name = "list",
      sortOptions = false,
      description = "Lists every published version, with what it reached and under which protocol.",
      footer = {"", "Example:", "  submit/affetto models list --store /data/store"})
  static final class ListCommand extends JobCommand {

    @Option(names = "--store", required = true, paramLabel = "URI", description = "A model store.")
    private String store;

    @Override
    public Integer call() {
      common().specs();
      return print(ModelsJob.list(store));
    }
  }

  /** {@code affetto models show}. */
  @Command(
      name = "show",
      sortOptions = false,
      description =
          "Prints a version's manifest: classes, features, settings, corpora, split, scores.",
      footer = {
        "",
        "Example:",
        "  submit/affetto models show --store /data/store --model recipe-cnn:1"
      })
  static final class ShowCommand extends JobCommand {

    @Option(names = "--store", required = true, paramLabel = "URI", description = "A model store.")
    private String store;

    @Option(
        names = "--model",
        required = true,
        paramLabel = "NAME[:VERSION]",
        description = "A model; its newest version if none is given.")
    private String model;

    @Override
    public Integer call() {
      common().specs();
      return print(ModelsJob.show(store, model));
    }
  }
}
