package affetto.cli;

import affetto.job.EvaluateJob;
import affetto.job.EvaluateSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code affetto evaluate}. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = {
      "Scores a model, or several together, on what their protocol and fold held out, prints UAR,"
          + " accuracy and F1 with the protocol beside them, and writes the tables `predictions` and"
          + " `metrics`."
    },
    footer = {
      "",
      "Example:",
      "  submit/affetto evaluate --warehouse /data/warehouse --store /data/store \\",
      "    --model logmel-attention:1,logmel-attention:2"
    })
final class EvaluateCommand extends JobCommand {

  @Option(
      names = "--warehouse",
      required = true,
      paramLabel = "URI",
      description = "The warehouse that the model was trained on.")
  private String warehouse;

  @Option(
      names = "--store",
      required = true,
      paramLabel = "URI",
      description = "The store that train published to.")
  private String store;

  @Mixin private ModelsOption models;

  @Override
  public Integer call() {
    EvaluateSpec spec = common().specs().evaluate(warehouse, store, models.references());
    return print(inSession(spark -> EvaluateJob.run(spark, spec, progress())).report());
  }
}
