package affetto.table;

import java.util.List;

/** Files that ingest did not take, and why: {@code rejected/corpus=ID/*.parquet}. */
public final class RejectedTable {

  public static final Column URI = Column.text("uri", "the file as it was listed");
  public static final Column REASON =
      Column.text("reason", "kind and detail: 'name: ...', 'audio: ...', 'same id: ...'");

  public static final Table TABLE =
      new Table("rejected", List.of(URI, REASON), List.of(UtteranceTable.CORPUS), "ingest");

  private RejectedTable() {}

  /** The name of a corpus's partition. */
  public static String partition(String corpus) {
    return TABLE.name() + "/" + UtteranceTable.CORPUS.name() + "=" + corpus;
  }
}
