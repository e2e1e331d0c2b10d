package affetto.cli;

import affetto.job.CompactJob;
import affetto.job.CompactSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code affetto compact}. */
@Command(
    name = "compact",
    sortOptions = false,
    description = {
      "Gathers the rows of feature tables in fewer and larger files (key sweep.file-size), where there"
          + " are twice as many as need be."
    },
    footer = {
      "",
      "Who reads meanwhile reads on undisturbed: the old files stay until vacuum removes them. Killed,"
          + " it has done some augmentations and others not.",
      "Example:",
      "  submit/affetto compact --warehouse /data/warehouse --feature-set recipe-162"
    })
final class CompactCommand extends JobCommand {

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

  @Override
  public Integer call() {
    CompactSpec spec = common().specs().compact(warehouse, featureSet);
    return print(inSession(spark -> CompactJob.run(spark, spec, progress())).report());
  }
}
