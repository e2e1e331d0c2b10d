package affetto.cli;

import affetto.machine.GpuUse;
import affetto.storage.Location;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code affetto doctor}. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Says what Affetto stands on here: Java, Spark, Hadoop, the ND4J backend and whether oneDNN is"
          + " loaded, threads, memory, folders, GPUs; and"
          + " whether the settings that it was started with can work together."
    },
    footer = {
      "",
      "Each line is ok, warn or FAIL; the exit code is 3 if anything fails.",
      "Example:",
      "  submit/affetto doctor",
      "Settings for a cluster, as train would be started with them:",
      "  submit/affetto --master yarn --executor-memory 4g -- doctor"
    })
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(
      names = "--gpu",
      paramLabel = "USE",
      description =
          "Look at GPUs as train --gpu would: never, prefer or require (Spark key"
              + " spark.affetto.gpu).")
  private GpuUse gpu;

  @Override
  public Integer call() {
    common.specs();
    SparkConf spark = new SparkConf();
    if (gpu != null) {
      spark.set(GpuUse.KEY, gpu.toString());
    }
    List<Check> checks = Doctor.examine(spark);
    PrintWriter out = spec.commandLine().getOut();
    checks.forEach(check -> out.println(Location.withoutSecrets(check.line())));
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
