package affetto.job;

import java.io.Serializable;

/**
 * How much synthetic speech to write, and where.
 *
 * @param out a local folder
 * @param speakers of each corpus, at least 1; a corpus that has fewer gives all it has
 * @param clips of each speaker, at least 1; a corpus that has fewer gives all it has
 * @param seed equal seeds give equal bytes
 */
public record SynthJobSpec(String out, int speakers, int clips, long seed)
    implements Serializable {}
