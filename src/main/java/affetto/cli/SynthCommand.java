package affetto.cli;

import affetto.job.SynthJob;
import affetto.job.SynthJobSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code affetto synth}. */
@Command(
    name = "synth",
    sortOptions = false,
    description = {
      "Writes four small corpora of synthetic speech, laid out and named as the real ones are:"
          + " ravdess, cremad, savee, tess. The same seed gives the same bytes."
    },
    footer = {
      "",
      "SAVEE has 4 speakers and TESS 2, whatever is asked for.",
      "Example:",
      "  submit/affetto synth --out /data/synthetic --speakers 8 --clips 28 --seed 7"
    })
final class SynthCommand extends JobCommand {

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A local folder; made if missing.")
  private String out;

  @Option(
      names = "--speakers",
      paramLabel = "N",
      description = "Speakers in each corpus (key demo.speakers).")
  private Integer speakers;

  @Option(
      names = "--clips",
      paramLabel = "N",
      description = "Clips of each speaker (key demo.clips).")
  private Integer clips;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Base of every random choice (key seed).")
  private Long seed;

  @Override
  public Integer call() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("demo.speakers", speakers);
    options.put("demo.clips", clips);
    options.put("seed", seed);
    SynthJobSpec spec = common().specs(options).synth(out);
    out().printf("%d clips of synthetic speech in %s%n", SynthJob.run(spec), out);
    return ExitCodes.DONE;
  }
}
