package affetto.job;

import affetto.fault.BadInputException;
import affetto.feature.FeatureSet;
import affetto.monitor.Step;
import affetto.table.FeatureFolder;
import affetto.table.FeatureFolder.Commit;
import affetto.table.FeatureFolders;
import affetto.table.FeatureStorage;
import affetto.table.FeatureTable;
import affetto.table.FeatureWriter;
import affetto.table.FileLayout;
import affetto.table.FileLayout.Target;
import affetto.table.Origin;
import affetto.table.Warehouse;
import affetto.table.WideRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Gathers the rows of an augmentation's folders in one new folder, in files of the size wanted, and
 * makes it count in their place. The old folders stay for readers that have begun with them; killed
 * before the new one counts, it is as if nothing had been done. It counts only if all rows arrived:
 * on disks and HDFS whoever ends a job on the same table clears away what others have in work.
 */
final class Merging {

  /** What one job takes, so that executors' disks need not hold a whole table. */
  private static final long BATCH_BYTES = 8L << 30;

  private static final int WRITER_DIGITS = 6;

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final FeatureSet featureSet;
  private final SweepSizes sizes;
  private final FeatureStorage storage;
  private final String writer;

  /** What becomes one folder: some folders of one augmentation. */
  record Gathering(String augmentation, Origin origin, List<FeatureFolder> folders) {

    long bytes() {
      return folders.stream().mapToLong(FeatureFolder::bytes).sum();
    }

    long files() {
      return folders.stream().mapToLong(folder -> folder.files().size()).sum();
    }
  }

  Merging(SparkSession spark, Warehouse warehouse, FeatureSet featureSet, SweepSizes sizes) {
    this.spark = WideRows.session(spark);
    this.warehouse = warehouse;
    this.featureSet = featureSet;
    this.sizes = sizes;
    this.storage =
        new FeatureStorage(spark.sparkContext().hadoopConfiguration(), warehouse, featureSet.id());
    this.writer =
        DigestUtils.sha256Hex(spark.sparkContext().applicationId()).substring(0, WRITER_DIGITS);
  }

  /** Whether there are twice as many files as need be, or more. */
  boolean worthwhile(Gathering gathering) {
    return gathering.files() >= 2L * sizes.files((double) gathering.bytes());
  }

  /**
   * Gathers, some at a time.
   *
   * @param folders as they lie
   * @param keep chooses the rows that are to stay
   */
  void merge(List<Gathering> gatherings, FeatureFolders folders, UnaryOperator<Dataset<Row>> keep) {
    List<Gathering> batch = new ArrayList<>();
    long bytes = 0;
    for (Gathering gathering : gatherings) {
      if (!batch.isEmpty() && bytes + gathering.bytes() > BATCH_BYTES) {
        mergeBatch(batch, folders, keep);
        batch.clear();
        bytes = 0;
      }
      batch.add(gathering);
      bytes += gathering.bytes();
    }
    if (!batch.isEmpty()) {
      mergeBatch(batch, folders, keep);
    }
  }

  private void mergeBatch(
      List<Gathering> batch, FeatureFolders folders, UnaryOperator<Dataset<Row>> keep) {
    Step.begin(
        spark.sparkContext(),
        "gather %d augmentations of %s in larger files".formatted(batch.size(), featureSet.id()));
    Map<String, Target> targets = new LinkedHashMap<>();
    for (Gathering gathering : batch) {
      String name = folders.nextMerged(gathering.augmentation(), gathering.origin(), writer);
      targets.put(
          gathering.augmentation(), new Target(name, sizes.files((double) gathering.bytes())));
    }
    Dataset<Row> rows =
        FeatureTable.read(
            spark,
            warehouse,
            featureSet,
            batch.stream().flatMap(gathering -> gathering.folders().stream()).toList());
    Dataset<Row> kept = keep.apply(rows);
    new FeatureWriter(warehouse, featureSet).rewrite(kept, new FileLayout(targets));
    refuseLoss(kept.count(), written(targets));
    for (Gathering gathering : batch) {
      List<String> names = gathering.folders().stream().map(FeatureFolder::name).toList();
      storage.commit(
          gathering.augmentation(),
          targets.get(gathering.augmentation()).folder(),
          new Commit(gathering.origin(), names));
    }
  }

  /** Rows that lie in new folders, by augmentation. */
  private long written(Map<String, Target> targets) {
    FeatureFolders now = storage.list();
    List<FeatureFolder> folders = new ArrayList<>();
    targets.forEach(
        (augmentation, target) ->
            now.all(augmentation).stream()
                .filter(folder -> folder.name().equals(target.folder()))
                .forEach(folders::add));
    return folders.isEmpty() ? 0 : FeatureTable.read(spark, warehouse, featureSet, folders).count();
  }

  private void refuseLoss(long rows, long arrived) {
    if (rows != arrived) {
      throw new BadInputException(
          ("of %d rows of %s that were gathered %d arrived, so none of them count there: does a"
                  + " sweep, compact or vacuum of it run at the same time?")
              .formatted(rows, featureSet.id(), arrived));
    }
  }
}
