package affetto.job;

import affetto.fault.BadInputException;
import affetto.synth.SynthSpec;
import affetto.synth.SyntheticCorpora;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes four small corpora of synthetic speech, laid out and named as the real ones are.
 *
 * <pre>{@code
 * submit/affetto synth --out /data/synthetic --speakers 8 --clips 28 --seed 7
 * }</pre>
 */
public final class SynthJob {

  private SynthJob() {}

  /**
   * Runs it, in this process and on the local disk.
   *
   * @return the number of clips written
   * @throws BadInputException if the folder cannot be written
   */
  public static int run(SynthJobSpec spec) {
    try {
      return SyntheticCorpora.write(
          Path.of(spec.out()), new SynthSpec(spec.speakers(), spec.clips(), spec.seed()));
    } catch (IOException e) {
      throw new BadInputException(
          "%s: cannot be written: %s".formatted(spec.out(), e.getMessage()), e);
    }
  }
}
