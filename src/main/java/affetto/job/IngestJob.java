package affetto.job;

import affetto.fault.BadInputException;
import affetto.monitor.Step;
import affetto.table.Warehouse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Reads corpora into the warehouse: every file once, its sound without loss.
 *
 * <p>In: the folders and archives (zip, tar, tar.gz) of {@link IngestSpec#sources}. Out: {@link
 * affetto.table.UtteranceTable} and {@link affetto.table.RejectedTable}. Of corpora that lie there
 * already only files are read that are new or have changed, by place, length and time of writing
 * (an archive's members by the archive's time); clips whose files are gone go, too. Other corpora
 * are left as they are (but for their duplicate flags, where a recording is shared).
 *
 * <p>A file that cannot be taken is a row of the rejected table; of several files that make the
 * same utterance (a corpus unpacked twice) the first by path that decodes is taken.
 *
 * <pre>{@code
 * submit/affetto ingest --corpus ravdess=/data/ravdess --warehouse hdfs:///affetto/warehouse
 * }</pre>
 */
public final class IngestJob {

  private IngestJob() {}

  /**
   * Runs it.
   *
   * @throws BadInputException if a corpus is unknown or given twice, or its folder or archive is
   *     missing or has no file
   */
  public static IngestResult run(SparkSession spark, IngestSpec spec, Progress progress) {
    long start = System.nanoTime();
    Step.within(spark.sparkContext(), "ingest");
    Step.begin(spark.sparkContext(), "list archives");
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    requireDistinct(spec.sources());
    List<CorpusListing> listings = new ArrayList<>();
    for (CorpusSource source : spec.sources()) {
      CorpusListing listing =
          CorpusListing.of(conf, source, spec.maxFileBytes(), ListArchives.with(spark));
      progress.say(
          "ingest %s: %d files, %d MB in %s"
              .formatted(
                  source.corpus(), listing.files().size(), listing.bytes() >> 20, source.uri()));
      listings.add(listing);
    }
    try (Ingestion ingestion = new Ingestion(spark, new Warehouse(spec.warehouse()), progress)) {
      for (int i = 0; i < listings.size(); i++) {
        ingestion.read(spec.sources().get(i).corpus(), listings.get(i), spec.maxFileBytes());
      }
      ingestion.write();
      return ingestion.result((System.nanoTime() - start) / 1e9);
    }
  }

  private static void requireDistinct(List<CorpusSource> sources) {
    if (sources.isEmpty()) {
      throw new BadInputException("no corpus to ingest: name at least one as ID=FOLDER");
    }
    Set<String> seen = new HashSet<>();
    for (CorpusSource source : sources) {
      if (!seen.add(source.corpus())) {
        throw new BadInputException("corpus %s is given twice".formatted(source.corpus()));
      }
    }
  }
}
