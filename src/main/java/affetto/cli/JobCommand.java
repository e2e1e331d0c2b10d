package affetto.cli;

import affetto.job.Progress;
import affetto.job.Sessions;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands that run a job share: settings, a session, where lines go. */
abstract class JobCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  CommonOptions common() {
    return common;
  }

  /** Results go to standard output. */
  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** What happens meanwhile goes to standard error. */
  Progress progress() {
    PrintWriter err = spec.commandLine().getErr();
    return err::println;
  }

  /** Runs a job in a session of its own, and ends the session. */
  <T> T inSession(Function<SparkSession, T> job) {
    return inSession(Map.of(), job);
  }

  <T> T inSession(Map<String, String> sparkSettings, Function<SparkSession, T> job) {
    try (SparkSession spark =
        Sessions.open("affetto " + spec.commandLine().getCommandName(), sparkSettings)) {
      return job.apply(spark);
    }
  }

  int print(List<String> lines) {
    lines.forEach(out()::println);
    return ExitCodes.DONE;
  }
}
