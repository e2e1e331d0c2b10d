package affetto.job;

import java.io.Serializable;

/**
 * What to compact.
 *
 * @param warehouse a plain path or a URI
 * @param featureSet id of the feature set; empty for all
 * @param sizes of files
 */
public record CompactSpec(String warehouse, String featureSet, SweepSizes sizes)
    implements Serializable {}
