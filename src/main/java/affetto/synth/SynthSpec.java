package affetto.synth;

import java.io.Serializable;

/**
 * How much synthetic speech to make.
 *
 * @param speakers of each corpus, at least 1; a corpus that has fewer gives all it has (TESS 2,
 *     SAVEE 4, RAVDESS 24, CREMA-D 91)
 * @param clips of each speaker, at least 1, spread evenly over the corpus's emotions; a corpus that
 *     has fewer gives all it has (RAVDESS 60, CREMA-D 82, SAVEE 120, TESS 280)
 * @param seed equal seeds give equal bytes
 */
public record SynthSpec(int speakers, int clips, long seed) implements Serializable {

  public SynthSpec {
    if (speakers < 1) {
      throw new IllegalArgumentException("speakers must be at least 1, was " + speakers);
    }
    if (clips < 1) {
      throw new IllegalArgumentException("clips must be at least 1, was " + clips);
    }
  }
}
