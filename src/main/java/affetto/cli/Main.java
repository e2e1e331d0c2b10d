package affetto.cli;

import affetto.fault.BadInputException;
import affetto.machine.OneDnn;
import affetto.storage.Location;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
@Command(
    name = "affetto",
    description = "Distributed speech emotion recognition on Spark and Deeplearning4j.",
    synopsisSubcommandLabel = "COMMAND",
    sortSynopsis = false,
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      IngestCommand.class,
      SweepCommand.class,
      CompactCommand.class,
      VacuumCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ScoreCommand.class,
      ModelsCommand.class,
      SynthCommand.class,
      DemoCommand.class,
      DoctorCommand.class,
      HelpCommand.class,
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Everything in one go, on synthetic speech:",
      "  affetto demo --workspace affetto-demo",
      "Exit codes: 0 done, 1 a fault of ours, 2 usage, 3 bad input, 4 refused.",
      "affetto COMMAND --help says more, with an example."
    })
public final class Main implements Runnable {

  /** So wide that no example is broken. */
  private static final int HELP_WIDTH = 100;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  public static void main(String[] arguments) throws SparkUserAppException {
    OneDnn.byDefault(System.getProperties());
    new Ending(System.getProperties()).end(run(arguments, System.out, System.err), System.err);
  }

  /** Runs a command line; returns the exit code. */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    CommandLine commandLine = commandLine();
    commandLine.setOut(writer(out)).setErr(writer(err));
    try {
      // Before anything keeps the command line: Spark writes it into event logs.
      List.of(arguments).forEach(Location::checked);
    } catch (BadInputException e) {
      return Faults.report(e, commandLine.getErr(), false);
    }
    commandLine.setParameterExceptionHandler(Main::usage);
    commandLine.setExecutionExceptionHandler(
        (fault, command, parsed) -> Faults.report(fault, command.getErr(), debug(parsed)));
    return commandLine.execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setUsageHelpWidth(HELP_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static boolean debug(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption("--debug");
  }

  private static int usage(ParameterException fault, String[] arguments) {
    CommandLine command = fault.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    List<String> similar =
        fault instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    err.printf(
        "affetto: %s%s; see %s --help%n",
        Faults.oneLine(fault.getMessage()),
        similar.isEmpty() ? "" : " (did you mean " + String.join(" or ", similar) + "?)",
        name);
    err.flush();
    return ExitCodes.USAGE;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
