package affetto.cli;

import affetto.job.Progress;
import affetto.job.Sessions;
import affetto.storage.Location;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that run a job share: settings, a session, where lines go. */
abstract class JobCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  CommonOptions common() {
    return common;
  }

  /** A mistake of the user's in how options go together. */
  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Whether stack traces are wanted. */
  boolean debug() {
    return spec.commandLine().getParseResult().hasMatchedOption("--debug");
  }

  /** Results go to standard output. */
  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Faults go to standard error. */
  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** What happens meanwhile goes there, too: advice on settings may hold all of a user's own. */
  Progress progress() {
    return line -> err().println(Location.withoutSecrets(line));
  }

  /** Runs a job in a session of its own, and ends the session. */
  <T> T inSession(Function<SparkSession, T> job) {
    return inSession(Map.of(), job);
  }

  <T> T inSession(Map<String, String> sparkSettings, Function<SparkSession, T> job) {
    try (SparkSession spark =
        Sessions.open(
            "affetto " + spec.commandLine().getCommandName(), sparkSettings, progress())) {
      return job.apply(spark);
    }
  }

  int print(List<String> lines) {
    lines.forEach(out()::println);
    return ExitCodes.DONE;
  }
}
