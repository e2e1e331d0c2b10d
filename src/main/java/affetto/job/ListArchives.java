package affetto.job;

import affetto.archive.ArchiveException;
import affetto.archive.ArchiveKind;
import affetto.archive.Contents;
import affetto.fault.BadInputException;
import affetto.train.ScopedBroadcast;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Lists archives on the executors, one a task: a zip by its directory, which is quick, a tar by
 * reading all of it.
 */
record ListArchives(Broadcast<SerializableConfiguration> conf)
    implements org.apache.spark.api.java.function.Function<SourceFile, ArchiveList> {

  /** The same as a job of a session. */
  static Function<List<SourceFile>, List<ArchiveList>> with(SparkSession spark) {
    return archives -> run(spark, archives);
  }

  private static List<ArchiveList> run(SparkSession spark, List<SourceFile> archives) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (ScopedBroadcast<SerializableConfiguration> conf =
        ScopedBroadcast.of(
            context, new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()))) {
      return context
          .parallelize(archives, archives.size())
          .map(new ListArchives(conf.broadcast()))
          .collect();
    }
  }

  @Override
  public ArchiveList call(SourceFile archive) {
    return list(conf.value().value(), archive);
  }

  /**
   * Lists one archive; whatever is wrong with it becomes a reason.
   *
   * @throws BadInputException if it cannot be read, which may be no fault of its own: rejected, it
   *     would take its clips out of the warehouse
   */
  static ArchiveList list(Configuration hadoop, SourceFile archive) {
    ArchiveKind kind = ArchiveKind.of(archive.uri()).orElseThrow();
    try (HadoopBytes bytes = HadoopBytes.open(hadoop, archive)) {
      return new ArchiveList(Contents.list(kind, bytes), null);
    } catch (ArchiveException e) {
      return new ArchiveList(null, "archive: " + e.getMessage());
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read: %s".formatted(archive.uri(), e), e);
    }
  }
}
