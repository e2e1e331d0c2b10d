package affetto.job;

import java.io.Serializable;
import java.util.List;

/**
 * What to ingest.
 *
 * @param sources at least one corpus, each at most once
 * @param warehouse where the tables go: a plain path or a URI
 * @param maxFileBytes larger files are rejected unread
 */
public record IngestSpec(List<CorpusSource> sources, String warehouse, long maxFileBytes)
    implements Serializable {

  public IngestSpec {
    sources = List.copyOf(sources);
  }
}
