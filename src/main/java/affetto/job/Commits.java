package affetto.job;

import affetto.augment.Augmentation;
import affetto.feature.FeatureSet;
import affetto.job.Merging.Gathering;
import affetto.table.FeatureFolder;
import affetto.table.FeatureFolder.Commit;
import affetto.table.FeatureFolders;
import affetto.table.FeatureStorage;
import affetto.table.Origin;
import affetto.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.SparkSession;

/**
 * Makes what a sweep has computed count: each augmentation by itself and all its rows at once,
 * gathered in files of the size wanted where rounds have left many small ones.
 */
final class Commits {

  private final FeatureStorage storage;
  private final Merging merging;
  private final Progress progress;

  Commits(SparkSession spark, SweepSpec spec, FeatureSet featureSet, Progress progress) {
    Warehouse warehouse = new Warehouse(spec.warehouse());
    this.storage =
        new FeatureStorage(spark.sparkContext().hadoopConfiguration(), warehouse, featureSet.id());
    this.merging = new Merging(spark, warehouse, featureSet, spec.sizes());
    this.progress = progress;
  }

  /**
   * Commits what lies there unfinished, this run's and that of runs before.
   *
   * @return how the folders lie now
   */
  FeatureFolders finish(WantedClips wanted) {
    FeatureFolders folders = storage.list();
    List<Gathering> small = new ArrayList<>();
    for (Augmentation augmentation : wanted.augmentations()) {
      Origin origin = wanted.origin(augmentation);
      Gathering unfinished =
          new Gathering(augmentation.id(), origin, folders.unfinished(augmentation.id(), origin));
      if (merging.worthwhile(unfinished)) {
        small.add(unfinished);
      } else {
        unfinished.folders().forEach(folder -> commit(folder, origin));
      }
    }
    gather(small, folders);
    FeatureFolders finished = storage.list();
    wanted.augmentations().stream()
        .filter(
            augmentation ->
                !finished
                    .current(augmentation.id())
                    .equals(Optional.of(wanted.origin(augmentation))))
        .forEach(augmentation -> makeCurrent(wanted, augmentation, finished));
    return finished;
  }

  private void gather(List<Gathering> small, FeatureFolders folders) {
    if (!small.isEmpty()) {
      progress.say("sweep: gathering %d augmentations in larger files".formatted(small.size()));
      merging.merge(small, folders, UnaryOperator.identity());
      // Nobody has read them: they never counted.
      small.forEach(gathering -> gathering.folders().forEach(storage::delete));
    }
  }

  private void commit(FeatureFolder folder, Origin origin) {
    storage.commit(folder.augmentation(), folder.name(), new Commit(origin, List.of()));
  }

  /** Where nothing new came of an origin that was left and is wanted again, a commit says so. */
  private void makeCurrent(WantedClips wanted, Augmentation augmentation, FeatureFolders folders) {
    Origin origin = wanted.origin(augmentation);
    storage.commit(
        augmentation.id(),
        folders.nextSwept(augmentation.id(), origin),
        new Commit(origin, List.of()));
  }
}
