package affetto.job;

import java.io.Serializable;

/**
 * What to score.
 *
 * @param store a model store
 * @param model {@code NAME} (its newest version) or {@code NAME:VERSION}
 * @param input one file, a folder (searched through) or a glob; a plain path or a URI
 * @param out folder for the Parquet table of posteriors
 */
public record ScoreSpec(String store, String model, String input, String out, long maxFileBytes)
    implements Serializable {}
