package affetto.job;

import java.io.Serializable;

/**
 * How large the demonstration is.
 *
 * @param workspace a local folder for everything it makes
 * @param speakers synthetic speakers of each corpus, at most
 * @param clips of each speaker
 * @param epochs at most
 * @param workers tasks that train side by side, at least 2
 * @param seed of voices, clips, weights and order
 */
public record DemoSpec(
    String workspace, int speakers, int clips, int epochs, int workers, long seed)
    implements Serializable {}
