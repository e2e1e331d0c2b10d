package affetto.cli;

import affetto.job.DemoJob;
import affetto.job.DemoSpec;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code affetto demo}. */
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "Runs everything once on synthetic speech: makes four small corpora, ingests, sweeps, trains on"
          + " two workers, evaluates on speakers that training never heard, publishes a model and"
          + " scores the recording of a stranger. A few minutes on two cores."
    },
    footer = {
      "",
      "The workspace then holds corpora/, warehouse/, store/, scores/ and demo.json. Run again in the"
          + " same workspace, it keeps the features and publishes a further version.",
      "Example:",
      "  submit/affetto demo --workspace affetto-demo"
    })
final class DemoCommand extends JobCommand {

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      defaultValue = "affetto-demo",
      showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS,
      description = "A local folder for everything it makes; made if missing.")
  private String workspace;

  @Override
  public Integer call() {
    DemoSpec spec = common().specs().demo(workspace);
    // Workers side by side need a core each, even where the machine has fewer.
    String master = System.getProperty("spark.master", localMaster(spec.workers()));
    return print(
        inSession(Map.of("spark.master", master), spark -> DemoJob.run(spark, spec, progress()))
            .report());
  }

  private static String localMaster(int workers) {
    return "local[%d]".formatted(Math.max(workers, Runtime.getRuntime().availableProcessors()));
  }
}
