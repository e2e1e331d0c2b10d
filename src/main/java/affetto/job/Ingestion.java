package affetto.job;

import static org.apache.spark.sql.functions.col;

import affetto.monitor.Meters;
import affetto.monitor.Step;
import affetto.table.Partition;
import affetto.table.Recordings;
import affetto.table.RejectedTable;
import affetto.table.UtteranceTable;
import affetto.table.Warehouse;
import affetto.table.WideRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** One run of ingest: reads each corpus, then flags and writes them all. */
final class Ingestion implements AutoCloseable {

  private static final long PART_BYTES = 8L << 20;
  private static final int PART_FILES = 256;
  private static final long OUTPUT_BYTES = 64L << 20;
  private static final int FLAGS = 2;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Warehouse warehouse;
  private final Progress progress;
  private final Meters meters;
  private final Broadcast<SerializableConfiguration> conf;
  private final Map<String, Batch> corpora = new LinkedHashMap<>();
  private List<IngestResult.Duplicate> duplicates = List.of();

  /**
   * A corpus whose new files were read: their rows lie on the executors' disks until they are
   * written.
   */
  private record Batch(
      CorpusListing listing,
      KnownFiles known,
      JavaRDD<Row> rows,
      long fresh,
      List<IngestResult.Rejection> rejections) {

    long clips() {
      return fresh + known.kept();
    }

    /** Of what is to be written. */
    long bytes() {
      return known.fresh().stream().flatMap(List::stream).mapToLong(SourceFile::bytes).sum();
    }
  }

  Ingestion(SparkSession spark, Warehouse warehouse, Progress progress) {
    this.spark = WideRows.session(spark);
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.warehouse = warehouse;
    this.progress = progress;
    this.meters = Meters.of(spark.sparkContext());
    this.conf = context.broadcast(new SerializableConfiguration(hadoop()));
  }

  /** Reads and decodes those files of a corpus that are new or have changed. */
  void read(String corpus, CorpusListing all, long maxFileBytes) {
    Step.begin(spark.sparkContext(), "look what the warehouse has of " + corpus);
    KnownFiles known = KnownFiles.of(spark, warehouse, corpus, all);
    CorpusListing listing = new CorpusListing(all.files(), known.fresh(), all.rejections());
    progress.say(
        "ingest %s: %d clips new or changed, %d as they were"
            .formatted(corpus, known.fresh().size(), known.kept()));
    CollectionAccumulator<IngestResult.Rejection> rejections = new CollectionAccumulator<>();
    LongAccumulator done = new LongAccumulator();
    spark.sparkContext().register(rejections, "rejected files of " + corpus);
    spark.sparkContext().register(done, "files of " + corpus);
    Step.begin(
        spark.sparkContext(), "decode %d clips of %s".formatted(known.fresh().size(), corpus));
    List<List<List<SourceFile>>> parts = listing.parts(PART_BYTES, PART_FILES);
    JavaRDD<Row> rows =
        context
            .parallelize(parts, Math.max(1, parts.size()))
            .flatMap(List::iterator)
            .mapPartitions(new ReadUtterances(corpus, maxFileBytes, conf, rejections, done))
            // Twice needed, and too much for memory: once to find duplicates, once to be written.
            .persist(StorageLevel.DISK_ONLY());
    Supplier<String> line =
        () -> "ingest %s: %d of %d files read".formatted(corpus, done.value(), files(listing));
    long fresh =
        meters.counting(
            done::value, System::nanoTime, () -> Heartbeat.during(progress, line, rows::count));
    Map<String, IngestResult.Rejection> byUri = new TreeMap<>();
    listing.rejections().forEach(rejection -> byUri.put(rejection.uri(), rejection));
    known.rejections().forEach(rejection -> byUri.put(rejection.uri(), rejection));
    // A task that ran twice has told twice.
    rejections.value().forEach(rejection -> byUri.put(rejection.uri(), rejection));
    meters.rejected(byUri.size());
    corpora.put(corpus, new Batch(listing, known, rows, fresh, List.copyOf(byUri.values())));
  }

  private static long files(CorpusListing listing) {
    return listing.byUtterance().stream().mapToLong(List::size).sum();
  }

  /** Flags what is recorded twice, here and in the warehouse's other corpora, and writes. */
  void write() {
    progress.say("ingest: looking for recordings under several names");
    Step.begin(spark.sparkContext(), "look for recordings under several names");
    // Few rows: from here on they come from the driver instead of being looked for again.
    Dataset<Row> found = Recordings.shared(keys());
    List<Row> groups = found.collectAsList();
    duplicates =
        groups.stream()
            .map(Ingestion::duplicate)
            .sorted(Comparator.comparing(duplicate -> duplicate.utterances().get(0)))
            .toList();
    Dataset<Row> flags = Recordings.flags(spark.createDataFrame(groups, found.schema()));
    List<String> stale = corporaWithOtherFlags(flags);
    corpora.forEach((name, batch) -> write(name, batch, flags, stale.contains(name)));
    for (String name : stale) {
      if (!corpora.containsKey(name)) {
        progress.say("ingest %s: flags changed, writing its clips anew".formatted(name));
        writeUtterances(name, Recordings.flagged(staying(name), flags));
      }
    }
  }

  /** Counts and lists of what was done. */
  IngestResult result(double seconds) {
    List<IngestResult.CorpusCount> counts = new ArrayList<>();
    corpora.forEach(
        (name, corpus) ->
            counts.add(
                new IngestResult.CorpusCount(
                    name,
                    corpus.listing().files().size(),
                    corpus.clips(),
                    corpus.fresh(),
                    corpus.rejections())));
    List<String> silent =
        UtteranceTable.metadata(spark, warehouse)
            .where(
                col(UtteranceTable.SILENT.name())
                    .and(col(UtteranceTable.CORPUS.name()).isInCollection(corpora.keySet())))
            .select(UtteranceTable.UTTERANCE_ID.name())
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    return new IngestResult(counts, duplicates, silent, seconds);
  }

  /** Keys of the corpora just read, and of those that stay in the warehouse. */
  private Dataset<Row> keys() {
    int fingerprint = UtteranceTable.TABLE.columns().indexOf(UtteranceTable.AUDIO_FINGERPRINT);
    int emotion = UtteranceTable.TABLE.columns().indexOf(UtteranceTable.EMOTION);
    JavaRDD<Row> fresh = context.emptyRDD();
    for (Batch batch : corpora.values()) {
      fresh =
          fresh.union(
              batch
                  .rows()
                  .map(
                      row ->
                          RowFactory.create(row.get(0), row.get(fingerprint), row.get(emotion))));
    }
    Dataset<Row> keys = spark.createDataFrame(fresh, Recordings.KEY);
    return UtteranceTable.TABLE.exists(spark, warehouse)
        ? keys.union(staying().select(names(Recordings.KEY)))
        : keys;
  }

  /** All utterances of the warehouse that this run leaves there, without their sound. */
  private Dataset<Row> staying() {
    return without(UtteranceTable.metadata(spark, warehouse));
  }

  /** Those of one corpus, with their sound. */
  private Dataset<Row> staying(String corpus) {
    return without(
        UtteranceTable.withAudio(spark, warehouse)
            .where(col(UtteranceTable.CORPUS.name()).equalTo(corpus)));
  }

  private Dataset<Row> without(Dataset<Row> utterances) {
    List<String> gone =
        corpora.values().stream().flatMap(batch -> batch.known().gone().stream()).toList();
    String id = UtteranceTable.UTTERANCE_ID.name();
    Dataset<Row> ids = spark.createDataset(gone, Encoders.STRING()).toDF(id);
    return gone.isEmpty()
        ? utterances
        : utterances.join(
            functions.broadcast(ids), utterances.col(id).equalTo(ids.col(id)), "left_anti");
  }

  /** The corpora that have clips which stay, but whose flags this run changes. */
  private List<String> corporaWithOtherFlags(Dataset<Row> flags) {
    if (!UtteranceTable.TABLE.exists(spark, warehouse)) {
      return List.of();
    }
    String id = UtteranceTable.UTTERANCE_ID.name();
    String of = UtteranceTable.DUPLICATE_OF.name();
    String conflict = UtteranceTable.LABEL_CONFLICT.name();
    Dataset<Row> now =
        flags.withColumnRenamed(of, "of_now").withColumnRenamed(conflict, "conflict_now");
    return staying()
        .select(id, of, conflict, UtteranceTable.CORPUS.name())
        .join(now, new String[] {id}, "left")
        .where(
            "not (%s <=> of_now and %s <=> coalesce(conflict_now, false))".formatted(of, conflict))
        .select(UtteranceTable.CORPUS.name())
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  /** Adds the new clips to those that stay, which are touched only where one of them changes. */
  private void write(String name, Batch corpus, Dataset<Row> flags, boolean flagsChanged) {
    Step.begin(spark.sparkContext(), "write %d clips of %s".formatted(corpus.clips(), name));
    int files = (int) (1 + corpus.bytes() / OUTPUT_BYTES);
    StructField[] fields = UtteranceTable.TABLE.fileSchema().fields();
    StructType unflagged = new StructType(Arrays.copyOf(fields, fields.length - FLAGS));
    Dataset<Row> rows =
        Recordings.flagged(spark.createDataFrame(corpus.rows().coalesce(files), unflagged), flags);
    if (corpus.known().kept() == 0 || flagsChanged || !corpus.known().gone().isEmpty()) {
      progress.say("ingest %s: writing %d clips".formatted(name, corpus.clips()));
      writeUtterances(
          name,
          corpus.known().kept() == 0 ? rows : rows.union(Recordings.flagged(staying(name), flags)));
    } else if (corpus.fresh() > 0) {
      progress.say("ingest %s: adding %d clips".formatted(name, corpus.fresh()));
      partition(UtteranceTable.partition(name)).append(WideRows.writer(rows.write()));
    }
    meters.wrote(corpus.fresh());
    List<Row> rejected =
        corpus.rejections().stream().map(r -> RowFactory.create(r.uri(), r.reason())).toList();
    Dataset<Row> rejections =
        spark.createDataFrame(rejected, RejectedTable.TABLE.fileSchema()).coalesce(1);
    partition(RejectedTable.partition(name)).replace(WideRows.writer(rejections.write()));
  }

  private void writeUtterances(String name, Dataset<Row> rows) {
    partition(UtteranceTable.partition(name)).replace(WideRows.writer(rows.write()));
  }

  private Partition partition(String name) {
    return new Partition(hadoop(), warehouse, name);
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private static IngestResult.Duplicate duplicate(Row row) {
    List<Row> members = row.getList(0);
    return new IngestResult.Duplicate(
        members.stream().map(member -> member.getString(0)).toList(),
        members.stream().map(member -> member.getString(1)).toList());
  }

  private static org.apache.spark.sql.Column[] names(StructType schema) {
    return Arrays.stream(schema.fieldNames())
        .map(functions::col)
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  @Override
  public void close() {
    corpora.values().forEach(corpus -> corpus.rows().unpersist());
    conf.destroy();
  }
}
