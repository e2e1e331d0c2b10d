package affetto.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code affetto doctor}. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Says what Affetto stands on here: Java, Spark, Hadoop, the ND4J backend and whether oneDNN is"
          + " loaded, threads, memory, folders, GPUs."
    },
    footer = {
      "",
      "Each line is ok, warn or FAIL; the exit code is 3 if anything fails.",
      "Example:",
      "  submit/affetto doctor"
    })
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    common.specs();
    List<Check> checks = Doctor.examine();
    PrintWriter out = spec.commandLine().getOut();
    checks.forEach(check -> out.println(check.line()));
    long failed = count(checks, Check.Verdict.FAIL);
    out.printf(
        "%d looked at, %d to mind, %d failed%n",
        checks.size(), count(checks, Check.Verdict.WARN), failed);
    return failed == 0 ? ExitCodes.DONE : ExitCodes.BAD_INPUT;
  }

  private static long count(List<Check> checks, Check.Verdict verdict) {
    return checks.stream().filter(check -> check.verdict() == verdict).count();
  }
}
