package affetto.job;

import static org.apache.spark.sql.functions.col;

import affetto.corpus.Corpus;
import affetto.corpus.UnparsableNameException;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Compares a corpus as it is listed with the utterances that were taken from it before. A file is
 * the same if its place, its length and the time when it was last written are. Of several that make
 * the same utterance, only the first is looked at: where it could not be decoded and another was
 * taken, both are read again.
 *
 * @param fresh the files that have to be read, by utterance
 * @param gone ids of utterances that lie in the warehouse and must not stay: their files have
 *     changed or are no longer there
 * @param kept how many stay
 * @param rejections of files behind the one that was taken
 */
record KnownFiles(
    List<List<SourceFile>> fresh,
    Set<String> gone,
    long kept,
    List<IngestResult.Rejection> rejections) {

  /** A file as the warehouse remembers it. */
  private record Taken(String uri, long bytes, long modified) {}

  static KnownFiles of(
      SparkSession spark, Warehouse warehouse, String corpus, CorpusListing listing) {
    Corpus names = Corpus.named(corpus);
    Map<String, Taken> stored = stored(spark, warehouse, corpus);
    List<List<SourceFile>> fresh = new ArrayList<>();
    List<IngestResult.Rejection> rejections = new ArrayList<>();
    long kept = 0;
    for (List<SourceFile> candidates : listing.byUtterance()) {
      SourceFile first = candidates.get(0);
      String id = id(names, first);
      if (new Taken(first.uri(), first.bytes(), first.modified()).equals(stored.get(id))) {
        stored.remove(id);
        kept++;
        candidates.stream()
            .skip(1)
            .map(file -> IngestResult.Rejection.sameId(file.uri(), id, first.uri()))
            .forEach(rejections::add);
      } else {
        fresh.add(candidates);
      }
    }
    return new KnownFiles(fresh, Set.copyOf(stored.keySet()), kept, rejections);
  }

  private static String id(Corpus names, SourceFile file) {
    try {
      return names.parse(file.uri()).id();
    } catch (UnparsableNameException e) {
      throw new IllegalStateException("a listing leaves out what it cannot parse", e);
    }
  }

  private static Map<String, Taken> stored(SparkSession spark, Warehouse warehouse, String corpus) {
    Map<String, Taken> stored = new HashMap<>();
    if (UtteranceTable.TABLE.exists(spark, warehouse)) {
      for (Row row :
          UtteranceTable.metadata(spark, warehouse)
              .where(col(UtteranceTable.CORPUS.name()).equalTo(corpus))
              .select(
                  UtteranceTable.UTTERANCE_ID.name(),
                  UtteranceTable.URI.name(),
                  UtteranceTable.FILE_BYTES.name(),
                  UtteranceTable.FILE_MODIFIED.name())
              .collectAsList()) {
        stored.put(row.getString(0), new Taken(row.getString(1), row.getLong(2), row.getLong(3)));
      }
    }
    return stored;
  }
}
