package affetto.job;

import java.io.Serializable;

/**
 * What to remove.
 *
 * @param warehouse a plain path or a URI
 * @param featureSet id of the feature set; empty for all
 * @param olderThanHours what has stopped counting later than so long ago stays
 * @param sizes of files that are written anew
 */
public record VacuumSpec(
    String warehouse, String featureSet, double olderThanHours, SweepSizes sizes)
    implements Serializable {}
