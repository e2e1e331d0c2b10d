package affetto.job;

import java.io.Serializable;

/**
 * A file as it was listed.
 *
 * @param uri full URI
 * @param bytes its length as the file system tells
 * @param modified when it was last written, in ms since 1970
 */
record SourceFile(String uri, long bytes, long modified) implements Serializable {}
