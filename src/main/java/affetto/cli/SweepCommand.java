package affetto.cli;

import affetto.job.SweepJob;
import affetto.job.SweepSpec;
import java.nio.file.Path;
import java.util.Collections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code affetto sweep}. */
@Command(
    name = "sweep",
    sortOptions = false,
    description = {
      "Computes the features of each recording and each of its augmentations. What is there already"
          + " for the same sound is kept."
    },
    footer = {
      "",
      "Feature sets: recipe-162 (162 means over time), prosody (pitch, loudness, voice quality),"
          + " spectral (spectrum and cepstrum, 86 scalars), logmel-N (frames x N mel bands) and mfcc-N"
          + " (with slopes; keys under frames). The format of a sweep is explained in conf/sweep-recipe.conf.",
      "Example:",
      "  submit/affetto sweep --warehouse /data/warehouse --sweep conf/sweep-recipe.conf \\",
      "    --feature-set recipe-162"
    })
final class SweepCommand extends JobCommand {

  @Option(
      names = "--warehouse",
      required = true,
      paramLabel = "URI",
      description = "A warehouse that ingest has filled.")
  private String warehouse;

  @Option(
      names = "--sweep",
      required = true,
      paramLabel = "FILE",
      description = "What to do to each recording, as lists and grids.")
  private Path sweep;

  @Option(
      names = "--feature-set",
      paramLabel = "ID",
      description = "What to compute (key sweep.feature-set).")
  private String featureSet;

  @Option(
      names = "--dry-run",
      description = {
        "Compute nothing, but say what would be: clips, rows, bytes, files, and hours by the rate at"
            + " which some of the clips are computed now."
      })
  private boolean dryRun;

  @Override
  public Integer call() {
    SweepSpec spec =
        common()
            .specs(Collections.singletonMap("sweep.feature-set", featureSet))
            .sweep(warehouse, sweep);
    if (dryRun) {
      return print(inSession(spark -> SweepJob.estimate(spark, spec, progress())).report());
    }
    return print(inSession(spark -> SweepJob.run(spark, spec, progress())).report());
  }
}
