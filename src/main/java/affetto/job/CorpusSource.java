package affetto.job;

import java.io.Serializable;

/**
 * A corpus and where it lies.
 *
 * @param corpus the corpus's id: {@code ravdess}, {@code cremad}, {@code savee}, {@code tess}
 * @param uri a folder, or an archive (zip, tar, tar.gz): a plain path or a URI that Hadoop can open
 */
public record CorpusSource(String corpus, String uri) implements Serializable {}
