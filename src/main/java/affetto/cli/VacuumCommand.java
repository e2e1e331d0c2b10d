package affetto.cli;

import affetto.job.VacuumJob;
import affetto.job.VacuumSpec;
import java.util.Collections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code affetto vacuum}. */
@Command(
    name = "vacuum",
    sortOptions = false,
    description = {
      "Removes from feature tables what no longer counts: rows of older recordings, versions and"
          + " seeds, files that compact has replaced, and what killed runs have left."
    },
    footer = {
      "",
      "Nothing but this command removes a row. What has stopped counting only lately stays, since"
          + " somebody may be reading it; 0 where nobody is. No sweep or compact of the same feature"
          + " set may run meanwhile.",
      "Example:",
      "  submit/affetto vacuum --warehouse /data/warehouse --older-than 0"
    })
final class VacuumCommand extends JobCommand {

  @Option(
      names = "--warehouse",
      required = true,
      paramLabel = "URI",
      description = "A warehouse that sweep has filled.")
  private String warehouse;

  @Option(
      names = "--feature-set",
      paramLabel = "ID",
      description = "Only this one; without it, all that the warehouse has.")
  private String featureSet = "";

  @Option(
      names = "--older-than",
      paramLabel = "HOURS",
      description = "Only what has not counted for so long (key vacuum.older-than).")
  private String olderThan;

  @Override
  public Integer call() {
    VacuumSpec spec =
        common()
            .specs(Collections.singletonMap("vacuum.older-than", olderThan))
            .vacuum(warehouse, featureSet);
    return print(inSession(spark -> VacuumJob.run(spark, spec, progress())).report());
  }
}
