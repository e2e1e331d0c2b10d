package affetto.job;

import java.io.Serializable;

/**
 * A file as it was listed.
 *
 * @param uri full URI
 * @param bytes its length as the file system tells
 */
record SourceFile(String uri, long bytes) implements Serializable {}
