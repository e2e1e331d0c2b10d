package affetto.cli;

import affetto.job.ScoreJob;
import affetto.job.ScoreSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code affetto score}. */
@Command(
    name = "score",
    sortOptions = false,
    description = {
      "Scores recordings with a model, or with several together: one row a file with the posterior"
          + " of each class, or with the reason why the file could not be used."
    },
    footer = {
      "",
      "Quote a glob, so that the shell leaves it alone. WAV, AIFF and FLAC are told apart by content.",
      "Example:",
      "  submit/affetto score --store /data/store --model recipe-cnn --input '/data/new/*.wav' \\",
      "    --out /data/scores"
    })
final class ScoreCommand extends JobCommand {

  @Option(
      names = "--store",
      required = true,
      paramLabel = "URI",
      description = "The store that train published to.")
  private String store;

  @Mixin private ModelsOption models;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "URI",
      description = "A file, a folder (searched through) or a glob.")
  private String input;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "URI",
      description = "The folder for the Parquet table of posteriors.")
  private String out;

  @Override
  public Integer call() {
    ScoreSpec spec = common().specs().score(store, models.references(), input, out);
    return print(inSession(spark -> ScoreJob.run(spark, spec, progress())).report());
  }
}
