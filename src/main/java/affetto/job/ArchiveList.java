package affetto.job;

import affetto.archive.Contents;
import java.io.Serializable;

/**
 * What came of listing an archive.
 *
 * @param contents null where it could not be opened
 * @param reason why not, as a rejection says it; null where it could
 */
record ArchiveList(Contents contents, String reason) implements Serializable {}
